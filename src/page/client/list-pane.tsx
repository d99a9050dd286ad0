import type { RefObject } from 'preact';
import type { ExchangeReport } from '../../exchange/reports.js';
import type { PageInfo } from '../types.js';
import { NothingFound, NothingYet, Trouble } from './empty.js';
import { isFiltering } from './filter.js';
import { Filters } from './filters.js';
import { List } from './list.js';
import type { Selection } from './selection.js';
import { counted, grouped } from '../../text/words.js';
import { clockText } from './times.js';
import type { Requests } from './use-requests.js';

interface ListPaneProps {
  info: PageInfo;
  requests: Requests;
  selection: Selection;
  /** The id of the text field. */
  field: RefObject<HTMLInputElement | null>;
}

/** The list of requests and its filters. */
export function ListPane({ info, requests, selection, field }: ListPaneProps) {
  const { stored, shown, filter } = requests;
  const { list, isLoading, problem } = stored;
  return (
    <main class={`list ${isOneDay(list.all) ? '' : 'has-days'}`} aria-label="Requests">
      <Filters
        filter={filter}
        events={requests.events}
        onFilter={requests.setFilter}
        field={field}
        summary={summaryWords(shown.length, list)}
        problem={requests.searchProblem}
      />
      {problem && <Trouble problem={problem} />}
      <ColumnNames />
      <List
        requests={shown}
        selected={selection.selected}
        onSelect={selection.select}
        onOpen={selection.open}
        onNearEnd={requests.loadOlder}
      />
      {!isLoading &&
        !problem &&
        shown.length === 0 &&
        (isFiltering(filter) ? <NothingFound /> : <NothingYet info={info} />)}
    </main>
  );
}

/** Whether all arrived on the same day as the newest, so that the day can be left out. */
const isOneDay = (all: readonly ExchangeReport[]): boolean =>
  clockText(all.at(-1)?.receivedAt, all[0]?.receivedAt).length <= 8;

const names = ['Time', 'Event', 'Status', 'Id', 'Verdict', 'Response'];

const ColumnNames = () => (
  <div class="row names" aria-hidden="true">
    {names.map(name => (
      <span key={name} class={name.toLowerCase()}>
        {name}
      </span>
    ))}
  </div>
);

/** `12 of 340`; with a plus if there are older ones that the page hasn't loaded. */
function summaryWords(shown: number, { all, isComplete }: Requests['stored']['list']): string {
  const more = isComplete ? '' : '+';
  if (shown !== all.length) return `${grouped(shown)} of ${grouped(all.length)}${more}`;
  return counted(all.length, 'request').replace(' ', `${more} `);
}
