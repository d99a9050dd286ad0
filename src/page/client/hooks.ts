import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageExchange } from '../types.js';
import type { Filter } from './filter.js';
import { problemOf, type Problem, type Source } from './source.js';

/** One request, once it has loaded. The previous one stays until then. */
export function useExchange(source: Source, position: number | undefined) {
  const [state, setState] = useState<{ exchange?: PageExchange; problem?: Problem }>({});
  useEffect(() => {
    if (position === undefined) {
      setState({});
      return undefined;
    }
    let isWanted = true;
    source.show(position).then(
      exchange => {
        if (isWanted) setState({ exchange });
      },
      (error: unknown) => {
        if (isWanted) setState({ problem: problemOf(error) });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [source, position]);
  return state;
}

interface Found {
  numbers?: ReadonlySet<number> | undefined;
  problem?: Problem | undefined;
}

/** In milliseconds: the delay before the first search, and then between searches. */
const pauses = { first: 250, next: 1000 };

/** Searches for a text or a path, and again when new requests have arrived. `newest` is the highest number. */
export function useSearch(source: Source, { text, match }: Pick<Filter, 'text' | 'match'>, newest: number): Found {
  const [found, setFound] = useState<Found>({});
  const latest = useRef(newest);
  latest.current = newest;
  useEffect(() => {
    if (text === '' && match === '') {
      setFound({});
      return undefined;
    }
    const gone = new AbortController();
    let searched: number | undefined;
    const search = async (): Promise<void> => {
      const isNew = latest.current !== searched;
      searched = latest.current;
      try {
        if (isNew) setFound({ numbers: new Set(await source.search({ text, match }, gone.signal)) });
      } catch (error) {
        // An aborted search has been replaced by a newer one.
        if (!gone.signal.aborted) setFound({ numbers: new Set(), problem: problemOf(error) });
      }
      searchAfter(pauses.next);
    };
    let timer: ReturnType<typeof setTimeout>;
    const searchAfter = (pause: number): void => {
      if (!gone.signal.aborted) timer = setTimeout(() => void search(), pause);
    };
    searchAfter(pauses.first);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [source, text, match]);
  return found;
}

/** Calls a key's action, unless the key is typed into a field or with a modifier. `Escape` works in fields, too. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = current.current[event.key];
      if (!action || isForOthers(event)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}

/** Keys that belong to the browser, a dialog, a field or a button. */
const isForOthers = ({ key, target, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  [defaultPrevented, ctrlKey, metaKey, altKey].includes(true) ||
  document.querySelector('dialog[open]') !== null ||
  (key !== 'Escape' && isTyping(target)) ||
  (key === 'Enter' && isControl(target));

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input, textarea, select');

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('button, a, summary');
