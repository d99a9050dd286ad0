import { isDevelopmentSecret } from '../../config/development-secret.js';
import { readConfiguration } from '../../config/configuration.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { requestSettings } from '../../config/settings.js';
import { isLoopback } from '../../http/target.js';
import { UsageError } from '../../errors.js';
import { hasHeader } from '../../http/header.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import type { Context, Verdict } from '../command.js';
import { confirmRemote } from '../target/confirm-remote.js';
import { deliverAll } from '../sending/deliver-all.js';
import { openDelivering } from '../sending/delivering.js';
import type { DeliveryFlags } from '../sending/flags.js';
import type { DeliveryReport } from '../sending/reports.js';
import { replayedRequest } from './request.js';
import { selectCaptures, type Selected, type SelectionFlags } from './select.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

export { view } from '../sending/view.js';

export const hasOnlyWords = true;

export interface ReplayOptions extends SelectionFlags, SecretFlags, DeliveryFlags {
  resign?: boolean;
  fresh?: boolean;
  /** How many times faster than recorded; none: as fast as possible. */
  speed?: number;
  concurrency?: number;
  allowRemote?: boolean;
}

export async function run(options: ReplayOptions, context: Context<DeliveryReport>): Promise<Verdict> {
  const configuration = await readConfiguration(context);
  const settings = resolveSettings(requestSettings, options, configuration);
  const { hostname, origin } = settings.url;
  refuseContradictions(options);
  const remote = isLoopback(hostname) ? undefined : origin;
  await confirmRemote(settings.url, options, context);
  const [secret] = options.resign
    ? await resolveSecrets(options, { ...context, configuration }, { remote })
    : [undefined];
  warnUntrustedTarget({ name: 'url', flags: options, secret }, configuration, context);
  const selected = await selectCaptures(options, context);
  if (secret && isDevelopmentSecret(secret))
    context.warn('signed with the development secret, which only this machine knows');
  if (!secret) context.warn("the recorded signatures go out as they are; --resign signs with today's secret");
  const dueOf = paceOf(selected, options.speed);
  const items = selected.map(capture => ({
    source: `${capture.file} ${capture.position}`,
    algorithm: secret && settings.algorithm,
    due: dueOf(capture),
    request: () => replayedRequest(capture, { settings, secret, isFresh: options.fresh === true }, context),
  }));
  const delivering = await openDelivering(options, settings, context);
  return deliverAll({ items, asked: items.length, concurrency: options.concurrency }, delivering, context);
}

function refuseContradictions({ resign, fresh, algorithm, file, secretFile = [], ...flags }: ReplayOptions): void {
  if ([...file, ...secretFile].filter(name => name === '-').length > 1) {
    throw new UsageError('standard input was named twice', { hint: 'it can be read once' });
  }
  if (resign) {
    const own = headersOf(defaultPreset).find(name => hasHeader(flags.header ?? [], name));
    if (own === undefined) return;
    throw new UsageError(`-H ${own} contradicts the signature that is made`, {
      hint: 'leave out --resign to send your own',
    });
  }
  const needing = Object.entries({ fresh, algorithm, 'secret-file': secretFile[0], 'secret-env': flags.secretEnv });
  const [name] = needing.find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined)
    throw new UsageError(`--${name} needs --resign`, {
      hint: 'without it, the recorded signatures go out as they are',
    });
}

/** When each request is due, in milliseconds from the first one. Those without a time are due at once. */
function paceOf(selected: readonly Selected[], speed: number | undefined): (capture: Selected) => number | undefined {
  const times = selected.map(({ receivedAt }) => Date.parse(receivedAt ?? '')).filter(time => !Number.isNaN(time));
  const [first] = times;
  if (speed === undefined || first === undefined) return () => undefined;
  return ({ receivedAt }) => {
    const time = Date.parse(receivedAt ?? '');
    return Number.isNaN(time) ? undefined : Math.max(0, time - first) / speed;
  };
}
