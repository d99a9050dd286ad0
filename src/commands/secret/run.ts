import {
  developmentSecretFile,
  isDevelopmentSecret,
  rotateDevelopmentSecret,
} from '../../config/development-secret.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import type { Context, Style, Verdict } from '../command.js';

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
  /** With `--reveal`. */
  secret?: string;
}

export async function run(
  { reveal, rotate, ...flags }: SecretOptions,
  context: Context<SecretReport>,
): Promise<Verdict> {
  if (rotate) await rotateDevelopmentSecret(context);
  const secrets = await resolveSecrets(flags, context);
  if (rotate && !secrets.some(isDevelopmentSecret))
    context.warn(`the new development secret is not in use: ${secrets[0].origin} comes first`);
  for (const [index, secret] of secrets.entries()) {
    const bytes = secret.key.export();
    await context.report({
      ...{ type: 'secret', origin: secret.origin, bytes: bytes.length, isUsedToSign: index === 0 },
      ...(isDevelopmentSecret(secret) && { file: developmentSecretFile(context) }),
      ...(reveal && { secret: bytes.toString() }),
    });
  }
  return 'positive';
}

export function view({ origin, file, bytes, secret }: SecretReport, { visible, strong, faint }: Style): string {
  if (secret !== undefined) return visible(secret);
  const place = file === undefined ? '' : `  ${faint(visible(file))}`;
  return `${strong(visible(origin))}  ${bytes} bytes${place}`;
}
