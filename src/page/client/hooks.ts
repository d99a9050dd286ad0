import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageExchange } from '../types.js';
import type { Filter } from './filter.js';
import { problemOf, type Problem, type Source } from './source.js';
import type { Store, Stored } from './store.js';

export function useStored(store: Store): Stored {
  const [stored, set] = useState(store.now());
  useEffect(() => {
    const stop = store.subscribe(() => {
      set(store.now());
    });
    store.start();
    return stop;
  }, [store]);
  return stored;
}

/** One request, as soon as it has come. The one before stays until then. */
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

/** In milliseconds. */
const pause = 250;

/** Searches for a text or a path, and again when requests come in. `newest` is the highest number. */
export function useSearch(source: Source, { text, match }: Pick<Filter, 'text' | 'match'>, newest: number): Found {
  const [found, setFound] = useState<Found>({});
  useEffect(() => {
    if (text === '' && match === '') {
      setFound({});
      return undefined;
    }
    const gone = new AbortController();
    const timer = setTimeout(() => {
      source.search({ text, match }, gone.signal).then(
        numbers => {
          setFound({ numbers: new Set(numbers) });
        },
        (error: unknown) => {
          // A search that ends early has been replaced by another one.
          if (!gone.signal.aborted) setFound({ numbers: new Set(), problem: problemOf(error) });
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [source, text, match, newest]);
  return found;
}

/** Calls what a key is for, unless it is typed into a field or together with another key. `Escape` works in fields, too. */
export function useKeys(actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') || (isTyping(event.target) && event.key !== 'Escape')) return;
      const action = current.current[event.key];
      if (!action || (event.key === 'Enter' && isControl(event.target))) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input, textarea, select');

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('button, a, summary');
