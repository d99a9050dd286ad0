import { isDevelopmentSecret } from '../../config/development-secret.js';
import { readConfiguration } from '../../config/configuration.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings, type SettingFlags } from '../../config/settings.js';
import type { Header } from '../../http/header.js';
import { UsageError } from '../../errors.js';
import { readBody } from '../input/files.js';
import type { Context, Verdict } from '../command.js';
import type { Algorithm } from '../../scheme/definition.js';
import { defaultScheme } from '../../scheme/schemes.js';

export interface SignOptions extends SecretFlags, Pick<SettingFlags, 'algorithm'> {
  file: string;
  only?: string;
}

/** The headers that a body needs. */
export interface SignatureReport {
  type: 'signature';
  algorithm: Algorithm;
  /** Of the body. */
  bytes: number;
  /** What the secret is called. */
  secret: string;
  headers: Header[];
  /** With `--only`. */
  only?: string;
}

export async function run(options: SignOptions, context: Context<SignatureReport>): Promise<Verdict> {
  const { file, only, secretFile = [] } = options;
  if (file === '-' && secretFile.includes('-')) {
    throw new UsageError('standard input was named twice: as the body, and by --secret-file', {
      hint: 'it can be read once',
    });
  }
  const configuration = await readConfiguration(context);
  const { algorithm } = resolveSettings(['algorithm'], options, configuration);
  const [secret] = await resolveSecrets(options, { ...context, configuration });
  const body = await readBody(file, context);
  if (isDevelopmentSecret(secret)) context.warn('signed with the development secret, which only this machine knows');
  const headers = defaultScheme
    .sign({ method: 'POST', headers: [], body }, { secret, algorithm, now: context.now() })
    .filter(([name]) => only === undefined || name === only);
  await context.report({
    type: 'signature',
    algorithm,
    bytes: body.length,
    secret: secret.origin,
    headers,
    ...(only !== undefined && { only }),
  });
  return 'positive';
}

/** A document for scripts: lines of `name: value`, or one value alone. */
export const view = ({ headers, only }: SignatureReport): Uint8Array =>
  Buffer.from(headers.map(([name, value]) => (only === undefined ? `${name}: ${value}\n` : `${value}\n`)).join(''));
