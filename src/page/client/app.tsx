import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { ExchangeReport } from '../../exchange/reports.js';
import { Announcement, useAnnouncer } from './announcer.js';
import type { Panel } from './actions.js';
import { Banner } from './banner.js';
import { Detail } from './detail.js';
import { NothingYet, NothingFound, Trouble } from './empty.js';
import { eventsIn, filtered, isFiltering, noFilter } from './filter.js';
import { Filters } from './filters.js';
import { Help } from './help.js';
import { useExchange, useKeys, useSearch, useStored } from './hooks.js';
import { List } from './list.js';
import { useReplays } from './replays.js';
import { highestOf } from './request-list.js';
import { useSelection } from './selection.js';
import type { Source } from './source.js';
import { createStore } from './store.js';
import { clockText } from './times.js';

export function App({ source }: { source: Source }) {
  const store = useMemo(() => createStore(source), [source]);
  const stored = useStored(store);
  const { all } = stored.list;
  const [filter, setFilter] = useState(noFilter);
  const search = useSearch(source, filter, highestOf(stored.list));
  const shown = useMemo(() => filtered(all, filter, search.numbers), [all, filter, search.numbers]);
  const events = useMemo(() => eventsIn(all), [all]);
  const { words, announce } = useAnnouncer(all);
  const field = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const selection = useSelection(shown, heading);
  const { exchange, problem } = useExchange(source, selection.selected);
  const replays = useReplays(source, announce);
  const [panel, setPanel] = useState<Panel>();
  const [isHelping, setHelping] = useState(false);
  const toggle = (wanted: Panel) => () => {
    setPanel(panel === wanted ? undefined : wanted);
  };
  const { info } = source;
  const replay = (isSigned: boolean) => () => {
    if (exchange) replays.send(exchange.index, { isSigned });
  };
  useKeys({
    j: () => { selection.move(1); },
    k: () => { selection.move(-1); },
    Enter: selection.enter,
    r: info.target === null ? undefined : replay(false),
    s: info.canSign ? replay(true) : undefined,
    e: info.canSign ? toggle('edit') : undefined,
    d: toggle('difference'),
    '/': () => field.current?.focus(),
    '?': () => { setHelping(true); },
    Escape: () => {
      if (panel === undefined || document.activeElement?.closest('.filters')) selection.leave();
      setPanel(undefined);
    },
  }); // prettier-ignore
  const onNearEnd = useCallback(store.loadOlder, [store]);
  return (
    <div class={`app ${selection.isOpen ? 'is-open' : ''}`}>
      <Banner info={info} connection={stored.connection} onHelp={() => { setHelping(true); }} />
      <main class={`list ${isOneDay(all) ? '' : 'has-days'}`} aria-label="Requests">
        <Filters filter={filter} events={events} onFilter={setFilter} field={field} summary={summaryWords(shown.length, all.length, stored.list.isComplete)} problem={search.problem} />
        {stored.problem && <Trouble problem={stored.problem} />}
        <ColumnNames />
        <List requests={shown} selected={selection.selected} onSelect={selection.select} onOpen={selection.open} onNearEnd={onNearEnd} />
        {!stored.isLoading && !stored.problem && shown.length === 0 && (isFiltering(filter) ? <NothingFound /> : <NothingYet info={info} />)}
      </main>
      <section class="detail" aria-label="Request">
        <button type="button" class="back plain" onClick={selection.leave}>← All requests</button>
        {problem && <Trouble problem={problem} />}
        {exchange && <Detail key={exchange.index} {...{ info, source, exchange, replays, panel, announce, heading }} onPanel={setPanel} />}
        {!exchange && !problem && all.length > 0 && <p class="nothing">Choose a request to see why it was accepted or refused, and what is in it.</p>}
      </section>
      <Announcement words={words} />
      {isHelping && <Help onClose={() => { setHelping(false); }} />}
    </div>
  );
} // prettier-ignore

/** Whether all came on the day of the newest, so that no day has to be shown. */
const isOneDay = (all: readonly ExchangeReport[]): boolean =>
  clockText(all.at(-1)?.receivedAt, all[0]?.receivedAt).length <= 8;

const ColumnNames = () => (
  <div class="row names" aria-hidden="true">
    <span class="time">Time</span>
    <span class="event">Event</span>
    <span class="status">Status</span>
    <span class="id">Id</span>
    <span class="verdict">Verdict</span>
    <span class="answer">Answer</span>
  </div>
);

/** `12 of 340`; with a plus where there are older ones that the page hasn't asked for. */
const summaryWords = (shown: number, all: number, isComplete: boolean): string => {
  const known = `${all}${isComplete ? '' : '+'}`;
  return shown === all ? (all === 1 ? '1 request' : `${known} requests`) : `${shown} of ${known}`;
};
