import { readScheme, type SchemeFlags } from '../../config/scheme.js';
import {
  developmentSecretFile,
  isDevelopmentSecret,
  rotateDevelopmentSecret,
} from '../../config/development-secret.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import type { Verdict } from '../../ports.js';
import type { Scheme } from '../../scheme/scheme.js';
import { publicKeyText, writtenSecret, type Secret } from '../../scheme/secret.js';
import { line } from '../../text/line.js';
import type { Style } from '../../text/style.js';
import { counted } from '../../text/words.js';
import type { Ports } from '../../contract/command.js';

export interface SecretOptions extends SecretFlags, SchemeFlags {
  reveal?: boolean;
  rotate?: boolean;
}

export interface SecretReport {
  type: 'secret';
  /** Where it came from. */
  origin: string;
  /** Where the development secret is. */
  file?: string;
  /** The length of its text. */
  bytes: number;
  /** Signing uses the first; verifying accepts any. */
  isUsedToSign: boolean;
  /** The public key of an ed25519 private key, as the scheme writes it. */
  publicKey?: string;
  /** With `--rotate`: this is the new secret. */
  isNew?: true;
  /** With `--reveal`. */
  secretBase64?: string;
}

export async function run({ reveal, rotate, ...flags }: SecretOptions, ports: Ports<SecretReport>): Promise<Verdict> {
  const { environment, reporting } = ports;
  const { scheme, configuration } = await readScheme(flags, environment);
  // Rotate first: a new development secret also replaces one that would be refused.
  if (rotate) await rotateDevelopmentSecret(ports);
  const found = await resolveSecrets(flags, { ...ports, configuration });
  const isInUse = found.some(isDevelopmentSecret);
  if (rotate && !isInUse)
    reporting.warn(`the new development secret is not in use: ${found[0].origin} takes precedence`);
  for (const [index, secret] of found.entries()) {
    await reporting.report({
      type: 'secret',
      origin: secret.origin,
      bytes: writtenSecret(secret).length,
      isUsedToSign: index === 0 && secret.key.type !== 'public',
      ...(isDevelopmentSecret(secret) && { file: developmentSecretFile(environment) }),
      ...publicKeyOf(secret, scheme),
      ...(rotate && isInUse && { isNew: true }),
      ...(reveal && { secretBase64: writtenSecret(secret).toString('base64') }),
    });
  }
  return 'positive';
}

function publicKeyOf(secret: Secret, { secrets: form }: Scheme): Pick<SecretReport, 'publicKey'> {
  const publicKey = publicKeyText(secret, form);
  return publicKey === undefined ? {} : { publicKey };
}

export function view(
  { origin, file, bytes, isUsedToSign, publicKey, isNew, secretBase64 }: SecretReport,
  style: Style,
): string | Uint8Array {
  // The secret itself is a document: its bytes must not change.
  if (secretBase64 !== undefined) return Buffer.concat([Buffer.from(secretBase64, 'base64'), Buffer.from('\n')]);
  const { visible, strong, faint } = style;
  return line(
    [
      { text: visible(origin), paint: strong },
      { text: `${isNew ? 'new, ' : ''}${counted(bytes, 'byte')}${isUsedToSign ? '' : ', to verify only'}` },
      ...(publicKey === undefined ? [] : [{ text: `public key ${visible(publicKey)}` }]),
      { text: visible(file ?? ''), paint: faint },
    ],
    style,
  );
}
