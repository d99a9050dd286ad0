import type { RefObject } from 'preact';
import { isFiltering, noFilter, type Filter } from './filter.js';
import { Trouble } from './empty.js';
import type { Problem } from './source.js';
import type { VerdictKind } from '../../exchange/verdict.js';
import { verdictNames } from './verdict.js';

interface FiltersProps {
  filter: Filter;
  events: readonly string[];
  onFilter: (filter: Filter) => void;
  /** The id of the text field. */
  field: RefObject<HTMLInputElement | null>;
  /** The outcome, in words. */
  summary: string;
  problem: Problem | undefined;
}

const verdicts = Object.entries(verdictNames) as [VerdictKind, string][];

const answers: readonly [string, string][] = [
  ['2xx', '2xx'],
  ['3xx', '3xx'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
  ['none', 'No response'],
  ['unknown', 'Unknown'],
];

export function Filters({ filter, events, onFilter, field, summary, problem }: FiltersProps) {
  const set = (changes: Partial<Filter>): void => {
    onFilter({ ...filter, ...changes });
  };
  return (
    <form
      class="filters"
      role="search"
      aria-label="Filter requests"
      onSubmit={event => {
        event.preventDefault();
      }}
    >
      <Field label="Text" hint="Text anywhere" value={filter.text} onText={text => { set({ text }); }} field={field} />
      <Field label="Path and value" hint="path=value" value={filter.match} onText={match => { set({ match }); }} />
      <div class="selects">
        <Select label="Verdict" any="Any verdict" options={verdicts} value={filter.verdict} onChoose={value => { set({ verdict: value as VerdictKind | '' }); }} />
        <Select label="Response" any="Any response" options={answers} value={filter.answer} onChoose={value => { set({ answer: value }); }} />
        <Select label="Event" any="Any event" options={events.map(name => [name, name])} value={filter.event} onChoose={event => { set({ event }); }} />
        <span class="summary">{summary}</span>
        {isFiltering(filter) && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              onFilter(noFilter);
            }}
          >
            Clear
          </button>
        )}
      </div>
      {problem && <Trouble problem={problem} />}
    </form>
  );
} // prettier-ignore

interface FieldProps {
  label: string;
  hint: string;
  value: string;
  onText: (text: string) => void;
  field?: RefObject<HTMLInputElement | null>;
}

const Field = ({ label, hint, value, onText, field }: FieldProps) => (
  <input
    {...(field && { ref: field })}
    type="search"
    aria-label={label}
    placeholder={hint}
    autocomplete="off"
    spellcheck={false}
    value={value}
    onInput={({ currentTarget }) => {
      onText(currentTarget.value);
    }}
  />
);

interface SelectProps {
  label: string;
  any: string;
  options: readonly (readonly [value: string, name: string])[];
  value: string;
  onChoose: (value: string) => void;
}

const Select = ({ label, any, options, value, onChoose }: SelectProps) => (
  <select
    aria-label={label}
    value={value}
    onChange={({ currentTarget }) => {
      onChoose(currentTarget.value);
    }}
  >
    <option value="">{any}</option>
    {options.map(([each, name]) => (
      <option key={each} value={each}>
        {name}
      </option>
    ))}
  </select>
);
