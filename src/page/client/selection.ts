import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ExchangeReport } from '../../exchange/reports.js';
import { positionIn, showPlace } from './place.js';
import { placeOf } from './request-list.js';

export interface Selection {
  /** The number of the request that is selected. */
  selected: number | undefined;
  /** Whether its details take the place of the list, where there is no room for both. */
  isOpen: boolean;
  select: (position: number) => void;
  /** Selects a request and shows its details. */
  open: (position: number) => void;
  next: () => void;
  previous: () => void;
  /** Goes to the details. */
  enter: () => void;
  /** Goes back to the list. */
  leave: () => void;
}

/** Where both panes have room; the stylesheet has the same number. */
const isWide = (): boolean => matchMedia('(min-width: 900px)').matches;

export function useSelection(shown: readonly ExchangeReport[], heading: RefObject<HTMLElement | null>): Selection {
  const [selected, setSelected] = useState(positionIn(location.hash));
  const [isOpen, setOpen] = useState(selected !== undefined);
  const select = (position: number): void => {
    setSelected(position);
    showPlace(position);
  };
  // The newest is shown at first; the reader chooses any other.
  useEffect(() => {
    const [newest] = shown;
    if (selected === undefined && newest && isWide()) select(newest.index);
  }, [shown.length > 0]);
  // The heading is there when the details have come.
  const focusHeading = (): void => {
    setOpen(true);
    requestAnimationFrame(() => heading.current?.focus());
  };
  const move = (step: number): void => {
    const place = placeOf(shown, selected);
    const next = shown[place < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, place + step))];
    if (next) select(next.index);
  };
  return {
    selected,
    isOpen,
    select,
    open(position) {
      select(position);
      setOpen(true);
      if (!isWide()) focusHeading();
    },
    next: () => {
      move(1);
    },
    previous: () => {
      move(-1);
    },
    enter() {
      if (selected !== undefined) focusHeading();
    },
    leave() {
      setOpen(false);
      if (!isWide()) showPlace(undefined);
      // A list that isn't shown takes no focus.
      requestAnimationFrame(() => document.getElementById('list')?.focus());
    },
  };
}
