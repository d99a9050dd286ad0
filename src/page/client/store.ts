import type { ExchangeReport } from '../../exchange/reports.js';
import { emptyList, highestOf, lowestOf, withRequests, type RequestList } from './request-list.js';
import { problemOf, type Connection, type Problem, type Source } from './source.js';

export interface Stored {
  list: RequestList;
  connection: Connection;
  /** Why requests can't be listed. */
  problem?: Problem | undefined;
  isLoading: boolean;
}

/** What the page knows of the requests of a source, and what it asks for next. */
export interface Store {
  now: () => Stored;
  /** Lists the newest, and follows what comes in. `onChange` is called after each change. */
  start: (onChange: (stored: Stored) => void) => void;
  /** Asks for older ones, unless there are none or they were asked for already. */
  loadOlder: () => void;
}

const perPage = 1000;

/** A filter that matches nothing would ask for millions. */
const most = 100_000;

export function createStore(source: Source): Store {
  let stored: Stored = { list: emptyList, connection: 'still', isLoading: true };
  let onChange: (stored: Stored) => void = () => undefined;
  const change = (changes: Partial<Stored>): void => {
    stored = { ...stored, ...changes };
    onChange(stored);
  };
  const add = (requests: readonly ExchangeReport[], isComplete = stored.list.isComplete): void => {
    change({ list: { ...withRequests(stored.list, requests), isComplete } });
  };

  const load = async (before?: number): Promise<void> => {
    change({ isLoading: true });
    try {
      const { requests } = await source.list({ ...(before !== undefined && { before }), limit: perPage });
      add(requests, requests.length < perPage || stored.list.isComplete);
      change({ isLoading: false, problem: undefined });
    } catch (error) {
      change({ isLoading: false, problem: problemOf(error) });
    }
  };

  return {
    now: () => stored,
    start(listener) {
      onChange = listener;
      void load();
      const incoming = inBatches(add);
      source.follow({
        onExchange: incoming,
        onOpen: () => void catchUp(source, stored.list, add),
        onConnection: connection => {
          change({ connection });
        },
      });
    },
    loadOlder() {
      const { list, isLoading, problem } = stored;
      const isWanted = list.all.length > 0 && list.all.length < most && !list.isComplete;
      if (isWanted && !isLoading && !problem) void load(lowestOf(list));
    },
  };
}

/** What came while nothing was followed. */
async function catchUp(
  source: Source,
  list: RequestList,
  add: (requests: readonly ExchangeReport[]) => void,
): Promise<void> {
  const known = highestOf(list);
  let before = Number.POSITIVE_INFINITY;
  try {
    while (before > known + 1) {
      const { requests } = await source.list({ ...(Number.isFinite(before) && { before }), limit: perPage });
      add(requests);
      const lowest = requests.at(-1)?.index;
      if (lowest === undefined || known === 0) return;
      before = lowest;
    }
  } catch {
    // The connection is gone again, and shown as such; the next one asks again.
  }
}

/** In milliseconds. A render for each request of a load would leave no time for the reader. */
const moment = 100;

function inBatches(add: (requests: readonly ExchangeReport[]) => void): (report: ExchangeReport) => void {
  let waiting: ExchangeReport[] = [];
  return report => {
    waiting.push(report);
    if (waiting.length > 1) return;
    setTimeout(() => {
      const batch = waiting;
      waiting = [];
      add(batch);
    }, moment);
  };
}
