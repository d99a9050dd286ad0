import path from 'node:path';
import type { Settings } from '../../config/settings.js';
import type { Ports } from '../../contract/command.js';
import { checkWhole } from '../../exchange/check-entry.js';
import type { Inspecting } from '../../exchange/exchange.js';
import { isLoopback } from '../../http/target.js';
import { openLiveSource } from '../../page/live-source.js';
import type { ReplayTarget } from '../../page/replayer.js';
import type { ReceiverSubscriber } from '../../receiver/events.js';
import { createTargets } from '../../receiver/forward.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { readTrust } from '../connection/trust.js';
import type { WebFlags } from '../page/flags.js';
import { announcePage, servePage, type PageReport } from '../page/serve.js';
import { replayTarget, signingFor } from '../page/target.js';
import type { ForwardFlags } from './forwarding.js';

interface Prepared {
  settings: Pick<Settings, 'save' | 'forwardTo' | 'timeout'>;
  scheme: Scheme;
  /** Undefined if signatures aren't checked. */
  secrets: readonly Secret[] | undefined;
  others: readonly Secret[];
  known: readonly Scheme[];
}

/** The page that shows what a receiver receives. */
export interface ReceiverPage {
  subscriber: ReceiverSubscriber;
  /** Serves it until the returned function is called. Throws LocalError if the port can't be used. */
  open: (receiver: string) => Promise<{ announce: () => Promise<void>; close: () => Promise<void> }>;
}

export async function createReceiverPage(
  flags: ForwardFlags & WebFlags,
  prepared: Prepared,
  ports: Ports<PageReport>,
): Promise<ReceiverPage> {
  const { settings, scheme, secrets } = prepared;
  const { save } = settings;
  const file = save ?? 'listen';
  const recording = save === undefined ? undefined : path.resolve(ports.environment.cwd, save);
  const live = await openLiveSource({ file, isPlanned: flags.respond !== undefined, recording });
  const application = flags.respond ? flags.forwardTo : settings.forwardTo;
  return {
    subscriber: live.subscriber,
    async open(receiver) {
      const url = application ?? new URL(receiver);
      const isRemote = application !== undefined && !isLoopback(application.hostname);
      const signing = signingFor(secrets?.[0], { scheme, isRemote });
      const options = {
        title: `listen ${receiver}`,
        requests: { live },
        inspecting: inspectingOf(file, prepared),
        target: targetOf(url, { flags, settings, isApplication: application !== undefined }, ports),
        url,
        findSigning: () => Promise.resolve(signing),
      };
      const page = await servePage(options, flags, ports);
      return { announce: () => announcePage(page, flags, ports), close: page.close };
    },
  };
}

/**
 * Replays go where requests go: to the application, or else to the receiver itself, which is always local.
 */
function targetOf(
  url: URL,
  {
    flags,
    settings,
    isApplication,
  }: Pick<Prepared, 'settings'> & { flags: ForwardFlags & WebFlags; isApplication: boolean },
  ports: Ports<PageReport>,
): ReplayTarget {
  const timeout = flags.forwardTimeout ?? settings.timeout;
  const targeting = { url, targetFor: createTargets(url, isApplication ? flags.path : undefined), timeout };
  if (!isApplication) return replayTarget(targeting, { allowRemote: true }, ports);
  // The start of the listener already warned about this.
  const quiet = { ...ports, reporting: { ...ports.reporting, warn: () => undefined } };
  const trusting = { cacert: flags.forwardCacert, insecure: flags.forwardInsecure, prefix: 'forward-' };
  return replayTarget({ ...targeting, trust: () => readTrust(trusting, url, quiet) }, flags, ports);
}

/** In milliseconds. Requests wait during a search. */
const searchLimits = { each: 200, total: 200 };

const inspectingOf = (file: string, { scheme, secrets, others, known }: Prepared): Inspecting => ({
  file,
  scheme,
  isCheckedAgain: false,
  findSecrets: () => Promise.resolve(secrets ?? []),
  async checkWhole(request) {
    if (!secrets) return undefined;
    return checkWhole(request, { secrets, others, scheme, own: known }, searchLimits);
  },
});
