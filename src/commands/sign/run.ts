import { isDevelopmentSecret } from '../../config/development-secret.js';
import { readScheme, signingWith } from '../../config/scheme.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { UnknownNameError, UsageError } from '../../errors.js';
import type { SettingFlags } from '../../config/settings.js';
import type { Header } from '../../http/header.js';
import type { Verdict } from '../../ports.js';
import type { Algorithm } from '../../scheme/definition.js';
import { hasPart } from '../../scheme/template.js';
import type { Scheme } from '../../scheme/scheme.js';
import { deliveryId } from '../../sender/request.js';
import type { Ports } from '../../contract/command.js';
import { readBody } from '../input/files.js';

export interface SignOptions extends SecretFlags, Pick<SettingFlags, 'scheme' | 'algorithm' | 'url'> {
  file: string;
  header?: readonly Header[];
  id?: string;
  now?: Date;
  only?: string;
}

/** The signature headers of a body. */
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
  const { file } = options;
  const { clock, environment, reporting } = ports;
  const { scheme, configuration } = await readScheme(options, environment);
  const only = options.only === undefined ? undefined : headerNamed(options.only, scheme);
  const settings = resolveSettings(['algorithm', 'url', 'headers'], options, configuration);
  const [secret] = await resolveSecrets(options, { ...ports, configuration });
  refuseIdle(options, scheme);
  const signing = signingWith(secret, settings.algorithm, scheme);
  const body = await readBody(file, ports);
  if (isDevelopmentSecret(secret)) reporting.warn('signed with the development secret, which only this machine knows');
  const headers = scheme
    .sign(
      { method: 'POST', url: settings.url, headers: settings.headers, body },
      { ...signing, now: options.now ?? clock.now(), id: options.id ?? deliveryId(scheme, clock) },
    )
    .filter(([name]) => only === undefined || name === only);
  await reporting.report({
    type: 'signature',
    algorithm: signing.algorithm,
    bytes: body.length,
    secret: secret.origin,
    headers,
    ...(only !== undefined && { only }),
  });
  return 'positive';
}

/** Throws UsageError for a flag without effect. */
function refuseIdle({ id, now, url, header }: SignOptions, { name, definition }: Scheme): void {
  const { signed = '{body}', timestamp } = definition;
  const idle = [
    { flag: '--id', isIdle: id !== undefined && typeof definition.id !== 'object' },
    { flag: '--now', isIdle: now !== undefined && !timestamp },
    { flag: '--url', isIdle: url !== undefined && !hasPart(signed, 'url') },
    { flag: '--header', isIdle: header !== undefined && !signed.includes('{header.') },
  ].find(({ isIdle }) => isIdle);
  if (now && now.getTime() < 0)
    throw new UsageError('--now is before 1970, when timestamps begin', { hint: 'no receiver accepts that time' });
  if (idle) throw new UsageError(`${idle.flag} has no effect: ${name} signs ${signed}`, { hint: 'leave it out' });
}

function headerNamed(given: string, { headers }: Scheme): string {
  const found = headers.find(name => name === given.toLowerCase());
  if (found !== undefined) return found;
  const hint = `one of ${headers.join(', ')}`;
  throw new UnknownNameError('header', given, { known: headers, hint, place: '--only' });
}

/** A document for scripts: lines of `name: value`, or just one value. */
export const view = ({ headers, only }: SignatureReport): Uint8Array =>
  Buffer.from(headers.map(([name, value]) => (only === undefined ? `${name}: ${value}\n` : `${value}\n`)).join(''));
