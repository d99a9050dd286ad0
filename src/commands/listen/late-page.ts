import type { ReceiverSubscriber } from '../../receiver/events.js';
import type { ReceiverPage } from './page.js';

/** The page of a receiver, which may begin at any time, or never. */
export interface LatePage {
  subscriber: ReceiverSubscriber;
  /** From now on, requests are kept for it. */
  begin: () => Promise<void>;
  /** Serves it, unless it is served already. Throws LocalError if the port can't be used. */
  serve: (receiver: string) => Promise<void>;
  /** Reports its URL, if it is served. */
  announce: () => Promise<void>;
  close: () => Promise<void>;
}

/** What it takes to make a page is loaded when one begins. */
export function createLatePage(make: () => Promise<ReceiverPage>): LatePage {
  let page: ReceiverPage | undefined;
  let opened: Awaited<ReturnType<ReceiverPage['open']>> | undefined;
  const begin = async () => {
    page ??= await make();
  };
  return {
    subscriber: {
      answered: event => page?.subscriber.answered?.(event),
      'protocol-error': event => page?.subscriber['protocol-error']?.(event),
    },
    begin,
    async serve(receiver) {
      await begin();
      opened ??= await page?.open(receiver);
    },
    announce: async () => opened?.announce(),
    close: async () => opened?.close(),
  };
}
