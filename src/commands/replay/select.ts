import type { CaptureDamage, CapturedRequest, CaptureEntry } from '../../recording/captured-request.js';
import type { CaptureFormat } from '../../recording/formats.js';
import { InputError, UsageError } from '../../errors.js';
import { selectEntries } from '../../recording/select.js';
import { eventNames } from '../../event/catalogue.js';
import type { Match } from '../../event/match.js';
import { summariseBody } from '../../event/summary.js';
import type { Ask } from '../../ports.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { capturesIn } from '../input/recordings.js';
import { sourceName } from '../input/files.js';
import { counted } from '../../text/words.js';
import type { Ports } from '../../contract/command.js';
import { warnOfUnknownPaths } from '../payload/warn-paths.js';

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

type SelectionPorts = Pick<Ports, 'environment' | 'reporting'>;

/** How the recorded requests were signed. */
interface Signing {
  scheme: Scheme;
  /** Returns the secrets that a recorded signature may have been made with. */
  findSecrets: () => Promise<readonly Secret[]>;
}

/**
 * Selects the requests to send again, in order. It leaves out, and counts, what is incomplete or inexact, unless its
 * signature is valid. Throws InputError and UsageError.
 */
export async function selectCaptures(
  flags: SelectionFlags,
  signing: Signing,
  ports: SelectionPorts,
): Promise<Selected[]> {
  const { file: files, only, match = [] } = flags;
  if (only && files.length > 1)
    throw new UsageError('--only is for one file', { hint: 'its numbers are positions in that file' });
  await warnOfUnknownPaths({ flag: '--match', paths: match.map(({ path }) => path), events: eventNames }, ports);
  const whole = await exactOnes(await wantedOf(flags, ports), signing, ports);
  const isOpen = only === undefined && match.length === 0 && whole.length > 1;
  const { ask } = ports.reporting;
  return isOpen && ask ? pickFrom(whole, { ask, isOneFile: files.length === 1 }) : whole;
}

async function wantedOf(flags: SelectionFlags, ports: SelectionPorts): Promise<Selected[]> {
  const wanted: Selected[] = [];
  const tally: Tally = { read: 0 };
  for (const file of flags.file)
    for await (const capture of wantedIn(file, { ...flags, tally }, ports)) wanted.push(capture);
  if (wanted.length === 0 && flags.match && tally.read > 0) throw noMatch(tally);
  return wanted;
}

async function exactOnes(
  wanted: readonly Selected[],
  { findSecrets, scheme }: Signing,
  { reporting }: Pick<Ports, 'reporting'>,
): Promise<Selected[]> {
  const secrets = wanted.every(isExact) ? [] : await findSecrets();
  // With a valid signature, the body is exact, whatever its capture says of it.
  const whole = wanted.filter(capture => isExact(capture) || scheme.verify(capture, secrets).valid);
  if (whole.length < wanted.length)
    reporting.warn(
      `${wanted.length - whole.length} of ${wanted.length} requests are left out: their bodies are incomplete or not exact`,
    );
  if (whole.length === 0)
    throw new InputError('there is nothing to send again', {
      hint: 'verify lists what can be sent',
    });
  return whole;
}

const isExact = ({ fidelity }: Selected): boolean => fidelity === 'exact';

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

/** Returns what a line of `verify` shows, and when the request came: nothing personal. */
function preview({ file, position, body, receivedAt = '' }: Selected, isOneFile: boolean): string[] {
  const { type = `a body of ${body.length} bytes`, status = '', referenceId = '' } = summariseBody(body);
  const number = isOneFile ? String(position).padStart(3) : `${file} ${position}`;
  return [number, type, status, referenceId.slice(0, 8), receivedAt];
}

/** Keeps only what is wanted: a recording may be larger than the memory. */
async function* wantedIn(
  file: string,
  { format, only, match, tally }: Pick<SelectionFlags, 'format' | 'only' | 'match'> & { tally: Tally },
  ports: SelectionPorts,
): AsyncGenerator<Selected> {
  const entries = counting(capturesIn(file, format, ports), tally);
  for await (const entry of selectEntries(entries, { positions: only, matches: match })) {
    if (entry.kind === 'request') yield { ...entry.request, file, position: entry.position };
    else if (entry.kind === 'missing') throw missingRequests(entry, file);
    else reportDamage(entry, file, ports);
  }
}

/** How many requests were looked at. */
interface Tally {
  read: number;
}

async function* counting(entries: AsyncIterable<CaptureEntry>, tally: Tally): AsyncGenerator<CaptureEntry> {
  for await (const entry of entries) {
    if (entry.kind === 'request') tally.read += 1;
    yield entry;
  }
}

const noMatch = ({ read }: Tally): InputError =>
  new InputError(`${counted(read, 'request')} looked at, and none matches`, {
    hint: "--match takes a path and an event's own value, like data.customer_status=APPROVED",
  });

const missingRequests = (
  { positions, count }: { positions: readonly number[]; count: number },
  file: string,
): InputError =>
  new InputError(`${sourceName(file)} has ${counted(count, 'request')}, and none of number ${positions.join(', ')}`, {
    hint: 'webhook-cli verify lists and numbers them',
  });

function reportDamage(damage: CaptureDamage, file: string, { reporting }: Pick<Ports, 'reporting'>): void {
  if (damage.kind === 'torn') reporting.warn(`${sourceName(file)}: a record was never finished, and is left out`);
  else reporting.fail(new InputError(`${sourceName(file)}: a record is corrupt, and is left out: ${damage.reason}`));
}
