import type { CapturedRequest } from '../../capture/captured-request.js';
import type { CaptureFormat } from '../../capture/formats.js';
import { InputError, UsageError } from '../../errors.js';
import { jsonIn } from '../../event/json.js';
import { isMatch, type Match } from '../../event/match.js';
import { summariseBody } from '../../event/summary.js';
import type { Ask } from '../ask.js';
import { capturesIn } from '../captures.js';
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

/** The requests to send again, in order. What is incomplete or inexact is left out, and counted. Throws InputError and UsageError. */
export async function selectCaptures(
  flags: SelectionFlags,
  context: Pick<Context, 'cwd' | 'openStdin' | 'warn' | 'fail' | 'ask'>,
): Promise<Selected[]> {
  const { file: files, format, only, match = [] } = flags;
  if (only && files.length > 1)
    throw new UsageError('--only is for one file', { hint: 'its numbers are positions in that file' });
  const read: Selected[] = [];
  for (const file of files) read.push(...(await readAll(file, format, context)));
  const whole = exactOnes(
    atPositions(read, only).filter(({ body }) => isMatch(jsonIn(body), match)),
    context,
  );
  const isOpen = only === undefined && match.length === 0 && whole.length > 1;
  return isOpen && context.ask ? pickFrom(whole, { ask: context.ask, isOneFile: files.length === 1 }) : whole;
}

function atPositions(read: readonly Selected[], only: readonly number[] | undefined): readonly Selected[] {
  const missing = only?.filter(position => position > read.length) ?? [];
  if (missing.length > 0) throw new InputError(`there is no request ${missing.join(', ')} among ${read.length}`);
  return only ? read.filter(({ position }) => only.includes(position)) : read;
}

function exactOnes(wanted: readonly Selected[], { warn }: Pick<Context, 'warn'>): Selected[] {
  const whole = wanted.filter(({ fidelity }) => fidelity === 'exact');
  if (whole.length < wanted.length)
    warn(
      `${wanted.length - whole.length} of ${wanted.length} requests are left out: their bodies are incomplete or not exact`,
    );
  if (whole.length === 0) throw new InputError('there is nothing to send again');
  return whole;
}

const pickFrom = (
  captures: readonly Selected[],
  { ask, isOneFile }: { ask: Ask; isOneFile: boolean },
): Promise<Selected[]> =>
  ask.pick({
    message: 'Which requests?',
    choices: captures.map(capture => ({ value: capture, name: preview(capture, isOneFile) })),
  });

/** Nothing personal: what a line of `verify` says, and when it came. */
function preview({ file, position, body, receivedAt = '' }: Selected, isOneFile: boolean): string {
  const { type = `a body of ${body.length} bytes`, status = '', referenceId = '' } = summariseBody(body);
  const place = isOneFile ? String(position).padStart(3) : `${file} ${position}`;
  return [place, type, status, referenceId.slice(0, 8), receivedAt].filter(Boolean).join('  ');
}

async function readAll(
  file: string,
  format: CaptureFormat | undefined,
  context: Pick<Context, 'cwd' | 'openStdin' | 'warn' | 'fail'>,
): Promise<Selected[]> {
  const read: Selected[] = [];
  for await (const entry of capturesIn(file, format, context)) {
    if (entry.kind === 'request') read.push({ ...entry.request, file, position: read.length + 1 });
    else if (entry.kind === 'torn') context.warn(`${file}: a record was never finished, and is left out`);
    else context.fail(new InputError(`${file}: a record is corrupt, and is left out: ${entry.reason}`));
  }
  return read;
}
