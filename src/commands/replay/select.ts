import type { CapturedRequest, CaptureEntry } from '../../recording/captured-request.js';
import type { CaptureFormat } from '../../recording/formats.js';
import { InputError, UsageError } from '../../errors.js';
import { jsonIn } from '../../json/parse.js';
import { isMatch, type Match } from '../../event/match.js';
import { summariseBody } from '../../event/summary.js';
import type { Ask } from '../../ports.js';
import { capturesIn } from '../input/recordings.js';
import { sourceName } from '../input/files.js';
import { counted } from '../../text/words.js';
import type { Context } from '../command.js';

export interface SelectionFlags {
  file: readonly string[];
  format?: CaptureFormat;
  /** From 1, in each file. */
  only?: readonly number[];
  match?: readonly Match[];
}

export interface Selected extends CapturedRequest {
  file: string;
  /** In its file, from 1. */
  position: number;
}

type Surroundings = Pick<Context, 'environment' | 'warn' | 'fail' | 'ask'>;

/** The requests to send again, in order. What is incomplete or inexact is left out, and counted. Throws InputError and UsageError. */
export async function selectCaptures(flags: SelectionFlags, context: Surroundings): Promise<Selected[]> {
  const { file: files, only, match = [] } = flags;
  if (only && files.length > 1)
    throw new UsageError('--only is for one file', { hint: 'its numbers are positions in that file' });
  const wanted: Selected[] = [];
  for (const file of files) for await (const capture of wantedIn(file, flags, context)) wanted.push(capture);
  const whole = exactOnes(wanted, context);
  const isOpen = only === undefined && match.length === 0 && whole.length > 1;
  return isOpen && context.ask ? pickFrom(whole, { ask: context.ask, isOneFile: files.length === 1 }) : whole;
}

function exactOnes(wanted: readonly Selected[], { warn }: Pick<Context, 'warn'>): Selected[] {
  const whole = wanted.filter(({ fidelity }) => fidelity === 'exact');
  if (whole.length < wanted.length)
    warn(
      `${wanted.length - whole.length} of ${wanted.length} requests are left out: their bodies are incomplete or not exact`,
    );
  if (whole.length === 0)
    throw new InputError('there is nothing to send again', {
      hint: "verify lists what can be sent, and --match takes an event's own values",
    });
  return whole;
}

const pickFrom = (
  captures: readonly Selected[],
  { ask, isOneFile }: { ask: Ask; isOneFile: boolean },
): Promise<Selected[]> => {
  const rows = captures.map(capture => preview(capture, isOneFile));
  const widths = rows.reduce<number[]>(
    (widths, row) => row.map((text, column) => Math.max(text.length, widths[column] ?? 0)),
    [],
  );
  const nameOf = (row: readonly string[] = []) =>
    row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
  return ask.pick({
    message: 'Which requests?',
    choices: captures.map((capture, index) => ({ value: capture, name: nameOf(rows[index]) })),
  });
};

/** Nothing personal: what a line of `verify` says, and when it came. */
function preview({ file, position, body, receivedAt = '' }: Selected, isOneFile: boolean): string[] {
  const { type = `a body of ${body.length} bytes`, status = '', referenceId = '' } = summariseBody(body);
  const place = isOneFile ? String(position).padStart(3) : `${file} ${position}`;
  return [place, type, status, referenceId.slice(0, 8), receivedAt];
}

/** What isn't wanted isn't kept: a recording may be larger than the memory. */
async function* wantedIn(
  file: string,
  { format, only, match }: SelectionFlags,
  context: Surroundings,
): AsyncGenerator<Selected> {
  let position = 0;
  for await (const entry of capturesIn(file, format, context)) {
    if (entry.kind !== 'request') tellOf(entry, file, context);
    else {
      position += 1;
      const capture = { ...entry.request, file, position };
      if (isWanted(capture, { only, match })) yield capture;
    }
  }
  const missing = only?.filter(number => number > position) ?? [];
  if (missing.length > 0)
    throw new InputError(
      `${sourceName(file)} has ${counted(position, 'request')}, and none of number ${missing.join(', ')}`,
      {
        hint: 'webhook-cli verify lists and numbers them',
      },
    );
}

const isWanted = (
  { position, body }: Selected,
  { only, match }: { only: SelectionFlags['only'] | undefined; match: SelectionFlags['match'] | undefined },
): boolean => (only?.includes(position) ?? true) && (match === undefined || isMatch(jsonIn(body), match));

function tellOf(
  damage: Exclude<CaptureEntry, { kind: 'request' }>,
  file: string,
  { warn, fail }: Pick<Context, 'warn' | 'fail'>,
): void {
  if (damage.kind === 'torn') warn(`${sourceName(file)}: a record was never finished, and is left out`);
  else fail(new InputError(`${sourceName(file)}: a record is corrupt, and is left out: ${damage.reason}`));
}
