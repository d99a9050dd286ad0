import { readConfiguration } from '../../config/configuration.js';
import {
  developmentSecretFile,
  isDevelopmentSecret,
  rotateDevelopmentSecret,
} from '../../config/development-secret.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import type { Verdict } from '../../ports.js';
import { line } from '../../text/line.js';
import type { Style } from '../../text/style.js';
import { counted } from '../../text/words.js';
import type { Ports } from '../../contract/command.js';

export interface SecretOptions extends SecretFlags {
  reveal?: boolean;
  rotate?: boolean;
}

export interface SecretReport {
  type: 'secret';
  /** Where it came from. */
  origin: string;
  /** Where the development secret is. */
  file?: string;
  /** Its length. */
  bytes: number;
  /** Signing uses the first; verifying accepts any. */
  isUsedToSign: boolean;
  /** With `--rotate`, for the secret that was just made. */
  isNew?: true;
  /** With `--reveal`. */
  secretBase64?: string;
}

export async function run({ reveal, rotate, ...flags }: SecretOptions, ports: Ports<SecretReport>): Promise<Verdict> {
  const { environment, reporting } = ports;
  const configuration = await readConfiguration(environment);
  // First, since a new development secret also replaces one that would be refused.
  if (rotate) await rotateDevelopmentSecret(ports);
  const found = await resolveSecrets(flags, { ...ports, configuration });
  const isInUse = found.some(isDevelopmentSecret);
  if (rotate && !isInUse) reporting.warn(`the new development secret is not in use: ${found[0].origin} comes first`);
  for (const [index, secret] of found.entries()) {
    const bytes = secret.key.export();
    await reporting.report({
      type: 'secret',
      origin: secret.origin,
      bytes: bytes.length,
      isUsedToSign: index === 0,
      ...(isDevelopmentSecret(secret) && { file: developmentSecretFile(environment) }),
      ...(rotate && isInUse && { isNew: true }),
      ...(reveal && { secretBase64: bytes.toString('base64') }),
    });
  }
  return 'positive';
}

export function view(
  { origin, file, bytes, isUsedToSign, isNew, secretBase64 }: SecretReport,
  style: Style,
): string | Uint8Array {
  // The secret itself is a document: not a byte of it may change.
  if (secretBase64 !== undefined) return Buffer.concat([Buffer.from(secretBase64, 'base64'), Buffer.from('\n')]);
  const { visible, strong, faint } = style;
  return line(
    [
      { text: visible(origin), paint: strong },
      { text: `${isNew ? 'new, ' : ''}${counted(bytes, 'byte')}${isUsedToSign ? '' : ', to verify only'}` },
      { text: visible(file ?? ''), paint: faint },
    ],
    style,
  );
}
