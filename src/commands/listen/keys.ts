import { CommandError } from '../../errors.js';
import type { Ports } from '../../contract/command.js';
import type { ReceiverSubscriber } from '../../receiver/events.js';
import type { Forwarder } from '../../receiver/forward.js';
import type { ReceivedRequest } from '../../receiver/received-request.js';
import type { LatePage } from './late-page.js';
import type { Printer } from './printer.js';
import type { ListenReport } from './reports.js';

interface KeysOptions {
  printer: Pick<Printer, 'details' | 'forwardedAgain'>;
  /** Undefined if nothing is forwarded. */
  forwarder: Forwarder | undefined;
  page: Pick<LatePage, 'serve' | 'announce'>;
}

/** The keys of `listen` on a terminal. */
export interface Keys {
  subscriber: ReceiverSubscriber;
  /** Handles keys until the returned function is called. `receiver`: the URL of the receiver. */
  heed: (receiver: string) => Promise<() => void>;
  /** Aborted when the user quits. */
  quit: AbortSignal;
}

export function createKeys(
  { printer, forwarder, page }: KeysOptions,
  { environment: { signal }, reporting }: Pick<Ports<ListenReport>, 'environment' | 'reporting'>,
): Keys {
  const quit = new AbortController();
  let forwarded: ReceivedRequest | undefined;

  const forwardAgain = async (): Promise<void> => {
    if (!forwarder) reporting.progress('nothing to forward: start listen with --forward-to');
    else if (!forwarded) reporting.progress('nothing has been forwarded yet');
    else printer.forwardedAgain(forwarded, await forwarder.forward(forwarded, signal));
  };
  const alone = oneAtATime(reporting);
  const offer = () => {
    const keys = ['d details', ...(forwarder ? ['f forward again'] : []), 'w page', 'q quit'];
    reporting.progress(`keys: ${keys.join(', ')}`);
  };
  const actions = (receiver: string): Partial<Record<string, () => void>> => ({
    d: () => {
      if (!printer.details()) reporting.progress('no request yet');
    },
    f: () => {
      alone(forwardAgain);
    },
    w: () => {
      alone(async () => {
        await page.serve(receiver);
        await page.announce();
      });
    },
    '?': offer,
    q: () => {
      quit.abort();
    },
  });
  return {
    quit: quit.signal,
    subscriber: {
      answered: ({ request, forwarded: outcome }) => {
        if (outcome) forwarded = request;
      },
    },
    async heed(receiver) {
      const act = actions(receiver);
      const stop = await reporting.heedKeys(key => act[key]?.());
      if (stop) offer();
      return stop ?? (() => undefined);
    },
  };
}

/** Limits repeats: holding a key down must not forward a hundred times. */
function oneAtATime({ warn, fail }: Pick<Ports['reporting'], 'warn' | 'fail'>): (work: () => Promise<void>) => void {
  let isBusy = false;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // The listener keeps running. Only a bug affects its exit code.
      if (error instanceof CommandError) warn(error.message);
      else fail(error);
    } finally {
      isBusy = false;
    }
  };
  return work => {
    if (isBusy) return;
    isBusy = true;
    void attempt(work);
  };
}
