import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ExchangeReport } from '../../exchange/reports.js';
import { placeOf } from './request-list.js';
import { Row, rowId } from './row.js';

interface ListProps {
  requests: readonly ExchangeReport[];
  selected: number | undefined;
  onSelect: (position: number) => void;
  onOpen: (position: number) => void;
  /** Called when the reader nears the end of the loaded requests. */
  onNearEnd: () => void;
}

/** Extra rows above and below the visible ones. */
const around = 8;

/** In rows. */
const nearEnd = 60;

/** A virtual list: only the visible rows are in the document. */
export function List({ requests, selected, onSelect, onOpen, onNearEnd }: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const { top, height, rowHeight, onScroll } = useWindow(box, requests);
  const start = Math.max(0, Math.floor(top / rowHeight) - around);
  const end = Math.min(requests.length, Math.ceil((top + height) / rowHeight) + around);
  useEffect(() => {
    if (end > requests.length - nearEnd) onNearEnd();
  }, [end, requests, onNearEnd]);
  const place = placeOf(requests, selected);
  useLayoutEffect(() => {
    if (place >= 0 && box.current) reveal(box.current, place * rowHeight, rowHeight);
    // New rows shift the selected one, but the reader's view stays.
  }, [selected, rowHeight]);
  const isInWindow = place >= start && place < end;
  return (
    <div
      ref={box}
      class="rows"
      id="list"
      role="listbox"
      tabIndex={0}
      aria-label="Requests, newest first"
      {...(isInWindow && selected !== undefined && { 'aria-activedescendant': rowId(selected) })}
      onScroll={onScroll}
      onKeyDown={event => {
        const next = placeFor(event.key, place, { count: requests.length, page: Math.floor(height / rowHeight) });
        const report = next === undefined ? undefined : requests[next];
        if (!report || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onSelect(report.index);
      }}
    >
      <div role="presentation" style={{ height: `${requests.length * rowHeight}px` }}>
        <div role="presentation" style={{ transform: `translateY(${start * rowHeight}px)` }}>
          {requests.slice(start, end).map((report, offset) => (
            <Row
              key={report.index}
              report={report}
              newest={requests[0]?.receivedAt}
              isSelected={report.index === selected}
              place={start + offset + 1}
              of={requests.length}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/**
 * The visible part of the list, in pixels. The stylesheet sets the height of a row. Newer requests that arrive above
 * don't move the rows that the reader looks at. At the top, they come into view, without asking the browser for
 * anything: it would have to lay out everything to answer.
 */
function useWindow(box: { current: HTMLDivElement | null }, requests: readonly ExchangeReport[]) {
  const [seen, see] = useState({ top: 0, height: 800, rowHeight: 34 });
  const newest = useRef<number | undefined>(undefined);
  const added = seen.top > seen.rowHeight ? Math.max(0, placeOf(requests, newest.current)) : 0;
  const top = seen.top + added * seen.rowHeight;
  useLayoutEffect(() => {
    newest.current = requests[0]?.index;
    if (!box.current || added === 0) return;
    box.current.scrollTop = top;
    see(last => ({ ...last, top }));
  }, [requests]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const rowHeight = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 34;
      see({ top: element.scrollTop, height: element.clientHeight, rowHeight });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const onScroll = ({ currentTarget: { scrollTop: top } }: { currentTarget: HTMLElement }): void => {
    see(last => (last.top === top ? last : { ...last, top }));
  };
  return { ...seen, top, onScroll };
}

function reveal(box: HTMLElement, top: number, height: number): void {
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}

function placeFor(key: string, place: number, { count, page }: { count: number; page: number }): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, place + step));
}
