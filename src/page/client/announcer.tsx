import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExchangeReport } from '../../exchange/reports.js';
import { counted, grouped } from '../../text/words.js';
import { kindOf } from '../../exchange/verdict.js';

/** In milliseconds. Announcements that come more often cut each other off in a screen reader. */
const pause = 2000;

interface Announced {
  words: string;
  count: number;
}

/** Announces to screen readers what happened, and what arrived, at most every two seconds. */
export function useAnnouncer(requests: readonly ExchangeReport[]) {
  const [announced, setAnnounced] = useState<Announced>({ words: '', count: 0 });
  // Repeated words are announced again.
  const announce = (words: string): void => {
    setAnnounced(({ count }) => ({ words, count: count + 1 }));
  };
  const told = useRef<number>(undefined);
  useEffect(() => {
    const newest = requests[0]?.index;
    if (newest === undefined) return undefined;
    if (told.current === undefined) {
      told.current = newest;
      return undefined;
    }
    const timer = setTimeout(() => {
      const fresh = requests.filter(({ index }) => index > (told.current ?? 0));
      told.current = newest;
      if (fresh.length > 0) announce(arrivalWords(fresh));
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [requests]);
  return { announced, announce };
}

function arrivalWords(fresh: readonly ExchangeReport[]): string {
  const refused = fresh.filter(({ verdict }) => kindOf(verdict) === 'refused').length;
  const count = counted(fresh.length, 'new request');
  return refused === 0 ? count : `${count}, ${grouped(refused)} refused`;
}

/** Shown briefly, and read aloud. */
export const Announcement = ({ words, count }: Announced) => (
  <div class="announcement" role="status">
    <span key={count}>{words}</span>
  </div>
);
