import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ExchangeReport } from '../../exchange/reports.js';
import { positionIn, showPlace } from './place.js';
import { placeOf } from './request-list.js';

export interface Selection {
  /** The number of the request that is selected. */
  selected: number | undefined;
  /** Whether its details replace the list when there isn't room for both. */
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

/** The width at which both panes fit; the stylesheet has the same number. */
const isWide = (): boolean => matchMedia('(min-width: 900px)').matches;

export function useSelection(shown: readonly ExchangeReport[], heading: RefObject<HTMLElement | null>): Selection {
  const [selected, setSelected] = useState(positionIn(location.hash));
  const [isOpen, setOpen] = useState(selected !== undefined);
  const select = (position: number): void => {
    setSelected(position);
    showPlace(position);
  };
  // The newest is shown until the reader chooses another.
  useEffect(() => {
    const [newest] = shown;
    if (selected === undefined && newest && isWide()) select(newest.index);
  }, [shown.length > 0]);
  // The heading exists once the details have loaded.
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
      // A hidden list can't take the focus.
      requestAnimationFrame(() => document.getElementById('list')?.focus());
    },
  };
}
