import { createHash } from 'node:crypto';
import { readScheme, signingWith } from '../../config/scheme.js';
import { resolveSettings } from '../../config/resolve.js';
import type { SecretFlags } from '../../config/secrets.js';
import type { SettingFlags } from '../../config/settings.js';
import type { Header } from '../../http/header.js';
import { UsageError } from '../../errors.js';
import type { Ports } from '../../contract/command.js';
import { runTimeSigning, signsAtRunTime } from '../../sender/formats/run-time-signing.js';
import { createRequestMaker } from '../../sender/request.js';
import type { HashName } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { SecretSigning } from '../../scheme/signing.js';
import type { RequestFormat } from '../payload/formats.js';
import { refuseBadHeaders, signingSecret } from '../sending/signing.js';
import type { GeneratedEvent, Plan } from './events.js';
import { requestForm, type Form } from './forms.js';
import { artilleryForm, k6SigningForm } from './scripts.js';

export interface RequestFlags extends SecretFlags, Pick<SettingFlags, 'url' | 'scheme' | 'algorithm'> {
  header?: readonly Header[];
}

/**
 * Returns the form of requests to the receiver in the settings. Throws UsageError if there is no secret to sign them
 * with.
 */
export async function signedForm(
  format: RequestFormat,
  { options, plan }: { options: RequestFlags & { seed?: number }; plan: Plan },
  ports: Pick<Ports, 'environment' | 'clock' | 'reporting'>,
): Promise<Form> {
  const { scheme, configuration } = await readScheme(options, ports.environment);
  const { url, headers, algorithm } = resolveSettings(['url', 'headers', 'algorithm'], options, configuration);
  refuseBadHeaders(headers, { scheme, isSigned: true, hint: 'leave it out' });
  const secret = await signingSecret(options, url, { ...ports, configuration });
  const { version } = ports.environment;
  const signing = signingWith(secret, algorithm, scheme);
  const maker = createRequestMaker({ url, headers, scheme, signing, version, clock: ports.clock });
  const idOf = options.seed === undefined ? () => undefined : idsOf(plan);
  const planOf = (event: GeneratedEvent) => maker.plan(event.body, idOf(event));
  const requestOf = (event: GeneratedEvent) => maker.make(event.body, idOf(event));
  if (format !== 'k6' && format !== 'artillery') {
    warnOfAge(format, scheme, ports);
    return requestForm(format, { version, requestOf });
  }
  const atRunTime = signsAtRunTime(scheme)
    ? runTimeSigning(scheme, hashOf(signing, scheme), maker.plan(new Uint8Array()))
    : undefined;
  if (format === 'artillery' && url.href.includes('{{'))
    throw new UsageError('--url: artillery would read {{ in it as a template', { hint: 'write %7B%7B, or use k6' });
  if (format === 'artillery') return artilleryForm(atRunTime ? planOf : requestOf, atRunTime);
  return atRunTime ? k6SigningForm(planOf, atRunTime) : requestForm(format, { version, requestOf });
}

/** Throws UsageError for ed25519, which no load engine supports. */
function hashOf({ algorithm }: SecretSigning, { name }: Scheme): HashName {
  if (algorithm !== 'ed25519') return algorithm;
  throw new UsageError(`a script can't sign with ed25519 when it sends, and ${name} signs the time`, {
    hint: 'pass another format, such as --format curl, or use send --count',
  });
}

/** The programs that send these formats can't sign. */
function warnOfAge(format: RequestFormat, { name, definition }: Scheme, { reporting }: Pick<Ports, 'reporting'>): void {
  const past = definition.timestamp?.past ?? undefined;
  if (past !== undefined && (format === 'vegeta' || format === 'wrk'))
    reporting.warn(`${name} signs the time: send these requests within ${past}, before they expire`);
}

/** Ids for schemes with an id header. The same seed and time give the same ids, as in bodies. */
const idsOf =
  ({ recipe: { seed, event, now } }: Plan) =>
  ({ seq }: Pick<GeneratedEvent, 'seq'>): string =>
    createHash('sha256').update(`${event} ${seed} ${now.toISOString()} ${seq}`).digest('hex').slice(0, 32);
