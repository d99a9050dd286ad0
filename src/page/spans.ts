/** A part of a file, in bytes. */
export interface Span {
  start: number;
  length: number;
}

/** Spans by number, from 1, in twelve bytes each: a recording may have millions of records. */
export interface Spans {
  set: (position: number, span: Span) => void;
  get: (position: number) => Span | undefined;
  /** The highest number with a span; 0 if there is none. */
  highest: () => number;
}

export function createSpans(): Spans {
  let [starts, lengths] = [new Float64Array(1024), new Uint32Array(1024)];
  let highest = 0;
  return {
    set(position, { start, length }) {
      if (position >= starts.length) {
        const size = Math.max(position + 1, starts.length * 2);
        starts = copied(starts, new Float64Array(size));
        lengths = copied(lengths, new Uint32Array(size));
      }
      starts[position] = start;
      lengths[position] = length;
      highest = Math.max(highest, position);
    },
    get(position) {
      const [start, length] = [starts[position], lengths[position]];
      // A length of 0 means no record.
      return start === undefined || !length ? undefined : { start, length };
    },
    highest: () => highest,
  };
}

function copied<List extends Float64Array | Uint32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}
