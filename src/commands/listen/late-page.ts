import type { ReceiverSubscriber } from '../../receiver/events.js';
import type { ReceiverPage } from './page.js';

/** The page of a receiver, which can start at any time, or never. */
export interface LatePage {
  subscriber: ReceiverSubscriber;
  /** Starts to keep requests for it. */
  begin: () => Promise<void>;
  /** Serves it, unless it is already served. Throws LocalError if the port can't be used. */
  serve: (receiver: string) => Promise<void>;
  /** Reports its URL, if it is served. */
  announce: () => Promise<void>;
  close: () => Promise<void>;
}

/** The page's code is loaded when it starts. */
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
