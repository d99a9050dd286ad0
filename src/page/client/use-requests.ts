import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ExchangeReport } from '../../exchange/reports.js';
import { eventNames, filtering, noFilter, type Filter } from './filter.js';
import { useSearch } from './hooks.js';
import { highestOf } from './request-list.js';
import type { Problem, Source } from './source.js';
import { createStore, type Stored } from './store.js';

/** The loaded requests of a source, and those that the reader's filter selects. */
export interface Requests {
  stored: Stored;
  shown: readonly ExchangeReport[];
  /** Their event names. */
  events: readonly string[];
  filter: Filter;
  setFilter: (filter: Filter) => void;
  /** Why the search for a text or a path failed. */
  searchProblem: Problem | undefined;
  loadOlder: () => void;
}

export function useRequests(source: Source): Requests {
  const store = useMemo(() => createStore(source), [source]);
  const [stored, setStored] = useState(store.now);
  useEffect(() => {
    store.start(setStored);
  }, [store]);
  const [filter, setFilter] = useState(noFilter);
  const { all } = stored.list;
  const { numbers, problem: searchProblem } = useSearch(source, filter, highestOf(stored.list));
  const sift = useMemo(() => filtering(filter, numbers), [filter, numbers]);
  const namesIn = useMemo(eventNames, [source]);
  const [shown, events] = [sift(all), namesIn(all)];
  return { stored, shown, events, filter, setFilter, searchProblem, loadOlder: store.loadOlder };
}
