import { counted } from '../../text/words.js';
import { usualEvent } from '../../event/catalogue.js';
import type { EventSummary } from '../../event/summary.js';
import type { Style } from '../../contract/command.js';
import type { Cell } from '../../text/line.js';

/** The cells for an event: its type, its status and the start of its reference id. */
export function eventCells(
  { event, bytes }: { event: EventSummary; bytes: number },
  { visible, strong, marks }: Style,
): Cell[] {
  const { scheme, type, id, status = marks.none, referenceId = marks.none } = event;
  if (scheme !== undefined) return foreignCells({ type, id, bytes }, { visible, marks });
  if (type === undefined) return [{ text: `a body of ${counted(bytes, 'byte')}`, yields: { order: 4, least: 8 } }];
  const yields = yieldsOf(type);
  return [
    { text: visible(type), yields: yields.type },
    { text: visible(status), paint: strong, width: 8, yields: { order: 4, least: 4 } },
    { text: visible(referenceId.slice(0, 8)), width: 8, yields: yields.referenceId },
  ];
}

/** The cells for another sender's event: its name, its id and its size. */
const foreignCells = (
  { type, id, bytes }: { type: string | undefined; id: string | undefined; bytes: number },
  { visible, marks }: Pick<Style, 'visible' | 'marks'>,
): Cell[] => [
  { text: visible(type ?? marks.none), yields: { order: 3, least: 8 } },
  ...(id === undefined ? [] : [{ text: visible(id), yields: { order: 2, least: 8 } }]),
  { text: counted(bytes, 'byte'), yields: { order: 1, least: 0 } },
];

/** If space is short, drops the usual type first, but any other only after the id and the time. */
export const yieldsOf = (type: string): Record<'type' | 'referenceId', NonNullable<Cell['yields']>> =>
  type === usualEvent
    ? { type: { order: 1, least: 0 }, referenceId: { order: 3, least: 0 } }
    : { type: { order: 3, least: 0 }, referenceId: { order: 1, least: 0 } };
