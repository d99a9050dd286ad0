import { useMemo, useState } from 'preact/hooks';
import { counted } from '../../text/words.js';
import type { Mark } from '../types.js';
import { hexRows, prettyLines, rawLines, type Line, type Part } from './body-lines.js';
import { textIn } from './bytes.js';
import { Choice } from './choice.js';
import { Pieces } from './foreign.js';

interface BodyProps {
  /** What the body belongs to. */
  label: string;
  bytes: Uint8Array;
  marks?: readonly Mark[];
}

type View = 'pretty' | 'raw' | 'hex';

const names: Record<View, string> = { pretty: 'Pretty', raw: 'Raw', hex: 'Hex' };

/** A body as JSON, text or bytes, depending on its content. */
export function Body({ label, bytes, marks = [] }: BodyProps) {
  const text = useMemo(() => textIn(bytes), [bytes]);
  const pretty = useMemo(() => prettyLines(text ?? ''), [text]);
  const [chosen, choose] = useState<View>();
  const views = viewsOf(text, pretty);
  const view = chosen ?? (marks.length > 0 ? 'raw' : views[0]);
  if (bytes.length === 0) return <p class="faint">It is empty.</p>;
  return (
    <div class="body">
      <Choice
        label={`View of the ${label}`}
        options={views.map(value => [value, names[value]])}
        value={view}
        onChoose={choose}
      />
      {marks.length > 0 && <MarksNote marks={marks} view={view} />}
      {view === 'hex' ? (
        <Hex label={label} bytes={bytes} />
      ) : (
        <Lines label={label} lines={(view === 'pretty' && pretty) || rawLines(text ?? '', marks)} />
      )}
    </div>
  );
}

const viewsOf = (text: string | undefined, pretty: unknown): readonly [View, ...View[]] => {
  if (text === undefined) return ['hex'];
  return pretty ? ['pretty', 'raw', 'hex'] : ['raw', 'hex'];
};

const MarksNote = ({ marks, view }: { marks: readonly Mark[]; view: View }) => (
  <p class="note">
    {counted(marks.length, 'place differs', 'places differ')} from what was signed
    {view !== 'raw' && '; Raw marks them'}
    {view === 'raw' && marks.some(({ missing }) => missing !== undefined) && (
      <>
        : <mark>not signed</mark> or <ins>signed, and missing here</ins>
      </>
    )}
    .
  </p>
);

/** The part shown until the reader asks for more: long texts are slow to lay out. */
const first = { lines: 1000, characters: 4000, rows: 256 };

function Lines({ label, lines }: { label: string; lines: readonly Line[] }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = lines.some(({ parts }) => parts.some(({ text }) => text.length > first.characters));
  const shown = isWhole ? lines : lines.slice(0, first.lines);
  return (
    <>
      <div class="code" role="region" aria-label={`Text of the ${label}`} tabIndex={0}>
        {shown.map(({ level, parts }, index) => (
          <div key={index} class="line" style={{ '--level': String(level) }}>
            {parts.map((part, at) => (
              <Piece key={at} part={part} most={isWhole ? Number.POSITIVE_INFINITY : first.characters} />
            ))}
          </div>
        ))}
      </div>
      {!isWhole && (isLong || lines.length > first.lines) && (
        <More onClick={setWhole}>{isLong ? 'Show all' : `Show all ${counted(lines.length, 'line')}`}</More>
      )}
    </>
  );
}

function Piece({ part: { text, kind, isMarked, isMissing }, most }: { part: Part; most: number }) {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  const Tag = isMissing ? 'ins' : isMarked ? 'mark' : 'span';
  return (
    <Tag class={kind}>
      <Pieces text={cut} />
    </Tag>
  );
}

function Hex({ label, bytes }: { label: string; bytes: Uint8Array }) {
  const [isWhole, setWhole] = useState(false);
  const rows = hexRows(bytes, isWhole ? Number.POSITIVE_INFINITY : first.rows);
  return (
    <>
      <div class="code hex" role="region" aria-label={`Bytes of the ${label}`} tabIndex={0}>
        {rows.map(({ offset, hex, text }) => (
          <div key={offset}>
            <span class="faint">{offset}</span>
            <span>{hex}</span>
            <span class="string">{text}</span>
          </div>
        ))}
      </div>
      {!isWhole && bytes.length > first.rows * 16 && <More onClick={setWhole}>Show all bytes</More>}
    </>
  );
}

const More = ({ onClick, children }: { onClick: (isWhole: true) => void; children: string }) => (
  <button
    type="button"
    class="plain"
    onClick={() => {
      onClick(true);
    }}
  >
    {children}
  </button>
);
