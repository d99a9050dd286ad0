import { isDevelopmentSecret } from '../../config/development-secret.js';
import { readConfiguration } from '../../config/configuration.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import type { SettingFlags } from '../../config/settings.js';
import type { Header } from '../../http/header.js';
import type { Verdict } from '../../ports.js';
import type { Algorithm } from '../../scheme/definition.js';
import { defaultScheme } from '../../scheme/schemes.js';
import type { Ports } from '../../contract/command.js';
import { readBody } from '../input/files.js';

export interface SignOptions extends SecretFlags, Pick<SettingFlags, 'algorithm'> {
  file: string;
  only?: string;
}

/** The headers that a body needs. */
export interface SignatureReport {
  type: 'signature';
  algorithm: Algorithm;
  /** Length of the body. */
  bytes: number;
  /** The secret's name. */
  secret: string;
  headers: Header[];
  /** With `--only`. */
  only?: string;
}

export async function run(options: SignOptions, ports: Ports<SignatureReport>): Promise<Verdict> {
  const { file, only } = options;
  const { clock, environment, reporting } = ports;
  const configuration = await readConfiguration(environment);
  const { algorithm } = resolveSettings(['algorithm'], options, configuration);
  const [secret] = await resolveSecrets(options, { ...ports, configuration });
  const body = await readBody(file, ports);
  if (isDevelopmentSecret(secret)) reporting.warn('signed with the development secret, which only this machine knows');
  const headers = defaultScheme
    .sign({ method: 'POST', headers: [], body }, { secret, algorithm, now: clock.now() })
    .filter(([name]) => only === undefined || name === only);
  await reporting.report({
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
