import { useMemo, useState } from 'preact/hooks';
import { differenceOf } from '../../exchange/difference.js';
import type { BodyDifference, JsonChange } from '../../exchange/reports.js';
import type { PageExchange } from '../types.js';
import { prettyLines, textOfLines } from './body-lines.js';
import { bytesIn, sizeText, textIn } from './bytes.js';
import { counted } from '../../text/words.js';
import { Choice } from './choice.js';
import { Foreign, Pieces } from './foreign.js';
import { Trouble } from './empty.js';
import { useExchange } from './hooks.js';
import { diffLines } from './line-diff.js';
import type { Source } from './source.js';
import { changedLines, type ChangedLine } from './changed-lines.js';

interface DifferenceProps {
  source: Source;
  exchange: PageExchange;
}

/** The difference between a request and another one: by default the same customer's previous request. */
export function Difference({ source, exchange }: DifferenceProps) {
  const [position, setPosition] = useState(exchange.previous ?? undefined);
  const [view, setView] = useState<'path' | 'line'>('path');
  const { exchange: other, problem } = useExchange(source, position);
  return (
    <section class="difference" aria-label="Difference">
      <h3 tabIndex={-1}>Difference</h3>
      <div class="between">
        <label>
          from #{' '}
          <input
            type="number"
            min={1}
            value={position ?? ''}
            onInput={({ currentTarget: { value } }) => {
              setPosition(/^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined);
            }}
          />
        </label>
        <span>to #{exchange.index}</span>
        <Choice label="View of the difference" options={[['path', 'By path'], ['line', 'By line']]} value={view} onChoose={setView} />
      </div>
      <p class="faint">{originWords(exchange, position)}</p>
      {problem && <Trouble problem={problem} />}
      {other && <Changes one={other} other={exchange} view={view} />}
    </section>
  );
} // prettier-ignore

function originWords({ previous, event }: PageExchange, position: number | undefined): string {
  if (previous === null && position === undefined) return 'No earlier request is like it: enter the number of another one.'; // prettier-ignore
  if (position !== previous) return 'Between any two requests.';
  return event.referenceId === undefined ? 'The previous one of this event.' : 'The previous one of the same customer.'; // prettier-ignore
}

const comparable = ({ method, target, whole: { headers, bodyBase64 } }: PageExchange) => ({ method, target, headers, body: bytesIn(bodyBase64) }); // prettier-ignore

function Changes({ one, other, view }: { one: PageExchange; other: PageExchange; view: 'path' | 'line' }) {
  const { before, after, found } = useMemo(() => {
    const two = [comparable(one), comparable(other)] as const;
    return { before: two[0].body, after: two[1].body, found: differenceOf(two, () => undefined) };
  }, [one, other]);
  const { method, target, headers, body } = found;
  return (
    <>
      <ul class="changes">
        {method && <Change path="method" before={method[0]} after={method[1]} />}
        {target && <Change path="target" before={target[0]} after={target[1]} />}
        {headers.map(({ name, values: [left, right] }) => (
          <Change key={name} path={name} {...(left.length > 0 && { before: left.join(', ') })} {...(right.length > 0 && { after: right.join(', ') })} />
        ))}
      </ul>
      {view === 'path' && body.form === 'json' ? <ByPath changes={body.changes} /> : <ByLine body={body} before={before} after={after} />}
    </>
  );
} // prettier-ignore

function ByPath({ changes }: { changes: readonly JsonChange[] }) {
  if (changes.length === 0)
    return <p class="note">The parsed bodies are equal, but they are serialised differently: see By line.</p>;
  const most = 500;
  return (
    <>
      <ul class="changes">
        {changes.slice(0, most).map(({ path, kind, before, after }) => (
          <Change
            key={path.join('.')}
            path={pathText(path)}
            {...(kind !== 'added' && { before: JSON.stringify(before) })}
            {...(kind !== 'removed' && { after: JSON.stringify(after) })}
          />
        ))}
      </ul>
      {changes.length > most && <p class="note">{counted(changes.length - most, 'more change')} not shown.</p>}
    </>
  );
}

const pathText = (path: JsonChange['path']): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');

const clipped = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

function Change({ path, before, after }: { path: string; before?: string; after?: string }) {
  return (
    <li>
      <code class="path">
        <Foreign text={clipped(path)} />
      </code>
      {before !== undefined && (
        <del>
          <Foreign text={clipped(before)} />
        </del>
      )}
      {before !== undefined && after !== undefined && ' → '}
      {after !== undefined && (
        <ins>
          <Foreign text={clipped(after)} />
        </ins>
      )}
    </li>
  );
}

function ByLine({ body, before, after }: { body: BodyDifference; before: Uint8Array; after: Uint8Array }) {
  const lines = useMemo(() => (body.form === 'same' ? [] : linesOf(before, after)), [body, before, after]);
  if (body.form === 'same') return <p class="note">The bodies are the same.</p>;
  if (!lines)
    return (
      <p class="note">
        The bodies are too different to compare by line: {sizeText(before.length)} and {sizeText(after.length)}.
      </p>
    );
  return (
    <div class="code diff" role="region" aria-label="Bodies, line by line" tabIndex={0}>
      {lines.map((line, index) => (
        <DiffLine key={index} line={line} />
      ))}
    </div>
  );
}

/** In milliseconds. */
const longest = 500;

/** Ignores the layout if both are JSON, unless nothing else differs. */
function linesOf(before: Uint8Array, after: Uint8Array): ChangedLine[] | undefined {
  const [left, right] = [textIn(before), textIn(after)];
  if (left === undefined || right === undefined) return undefined;
  const [one, other] = [prettyLines(left), prettyLines(right)];
  const pretty = one && other ? ([textOfLines(one), textOfLines(other)] as const) : undefined;
  const [from, to] = pretty && pretty[0] !== pretty[1] ? pretty : [left, right];
  const runs = diffLines(from.split('\n'), to.split('\n'), longest);
  return runs && changedLines(runs);
}

function DiffLine({ line: { kind, text } }: { line: ChangedLine }) {
  if (kind === 'left-out') return <div class="left-out">{text}</div>;
  const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
  return (
    <div class={kind}>
      <Tag>
        <Pieces text={clipped(text)} />
      </Tag>
    </div>
  );
}
