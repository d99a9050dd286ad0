import { counted } from '../../text/words.js';
import {
  developmentSecretFile,
  isDevelopmentSecret,
  rotateDevelopmentSecret,
} from '../../config/development-secret.js';
import { readConfiguration } from '../../config/configuration.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import type { Context, Style, Verdict } from '../command.js';
import { line } from '../../text/line.js';

export interface SecretOptions extends SecretFlags {
  reveal?: boolean;
  rotate?: boolean;
}

export interface SecretReport {
  type: 'secret';
  /** Where it came from. */
  origin: string;
  /** Of the development secret. */
  file?: string;
  /** How long it is. */
  bytes: number;
  /** Signing uses the first; verifying accepts any. */
  isUsedToSign: boolean;
  /** With `--rotate`, of the secret that was just made. */
  isNew?: true;
  /** With `--reveal`. */
  secretBase64?: string;
}

export async function run(
  { reveal, rotate, ...flags }: SecretOptions,
  context: Context<SecretReport>,
): Promise<Verdict> {
  const configuration = await readConfiguration(context);
  // First, since a development secret that is refused is what a new one has to replace.
  if (rotate) await rotateDevelopmentSecret(context);
  const found = await resolveSecrets(flags, { ...context, configuration });
  const isInUse = found.some(isDevelopmentSecret);
  if (rotate && !isInUse) context.warn(`the new development secret is not in use: ${found[0].origin} comes first`);
  for (const [index, secret] of found.entries()) {
    const bytes = secret.key.export();
    await context.report({
      ...{ type: 'secret', origin: secret.origin, bytes: bytes.length, isUsedToSign: index === 0 },
      ...(isDevelopmentSecret(secret) && { file: developmentSecretFile(context.environment) }),
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
