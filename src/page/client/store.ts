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

/** The requests that the page has loaded from a source, and what it loads next. */
export interface Store {
  now: () => Stored;
  /** Lists the newest requests, and follows new ones. `onChange` is called after each change. */
  start: (onChange: (stored: Stored) => void) => void;
  /** Loads older requests, unless there are none or they are already being loaded. */
  loadOlder: () => void;
}

const perPage = 1000;

/** Without this limit, a filter that matches nothing would load millions. */
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

/** Loads what arrived while the page wasn't connected. */
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
    // The connection is lost again, and shown as lost; the next one retries.
  }
}

/** In milliseconds. Rendering once per request would freeze the page under load. */
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
