import { answeredOf } from '../../recording/answered.js';
import type { CaptureDamage, CapturedRequest } from '../../recording/captured-request.js';
import { InputError } from '../../errors.js';
import { summariseBody } from '../../event/summary.js';
import type { Ask } from '../../ports.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { sourceName } from '../input/files.js';
import { isSelective, type SelectionFlags } from '../input/selection-options.js';
import { createSelector } from '../input/selection.js';
import type { Ports } from '../../contract/command.js';

export interface ReplaySelectionFlags extends SelectionFlags {
  file: readonly string[];
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
  /** Returns the secrets that may have made a recorded signature. */
  findSecrets: () => Promise<readonly Secret[]>;
}

/**
 * Selects the requests to replay, in order. Leaves out and counts those that are incomplete or inexact, unless their
 * signature is valid. Throws InputError and UsageError.
 */
export async function selectCaptures(
  flags: ReplaySelectionFlags,
  signing: Signing,
  ports: SelectionPorts,
): Promise<Selected[]> {
  const whole = await exactOnes(await wantedOf(flags, signing.scheme, ports), signing, ports);
  const { ask } = ports.reporting;
  return mayAsk(flags, ports) && ask && whole.length > 1
    ? pickFrom(whole, { ask, isOneFile: flags.file.length === 1 })
    : whole;
}

const mayAsk = (flags: SelectionFlags, { reporting: { ask } }: SelectionPorts): boolean =>
  ask !== undefined && !isSelective(flags);

async function wantedOf(flags: ReplaySelectionFlags, scheme: Scheme, ports: SelectionPorts): Promise<Selected[]> {
  const wanted: Selected[] = [];
  // The responses help to choose.
  const withAnswers = mayAsk(flags, ports);
  const { choose, refuseNothing } = await createSelector(flags, { files: flags.file, scheme, withAnswers }, ports);
  for (const file of flags.file) {
    for await (const entry of choose(file)) {
      if (entry.kind === 'request') wanted.push({ ...entry.request, file, position: entry.position });
      else if (entry.kind !== 'unplaced') reportDamage(entry, file, ports);
    }
  }
  refuseNothing();
  return wanted;
}

async function exactOnes(
  wanted: readonly Selected[],
  { findSecrets, scheme }: Signing,
  { reporting }: Pick<Ports, 'reporting'>,
): Promise<Selected[]> {
  const secrets = wanted.every(isExact) ? [] : await findSecrets();
  // A valid signature proves that the body is exact, whatever its capture says.
  const whole = wanted.filter(capture => isExact(capture) || scheme.verify(capture, secrets).valid);
  if (whole.length < wanted.length)
    reporting.warn(
      `${wanted.length - whole.length} of ${wanted.length} requests left out: their bodies are incomplete or not exact`,
    );
  if (whole.length === 0)
    throw new InputError('nothing to replay', {
      hint: 'inspect lists the requests',
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
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .filter(text => text !== '')
      .join('  ');
  return ask.pick({
    message: 'Which requests? (--failed takes those without a 2xx response)',
    choices: captures.map((capture, index) => ({ value: capture, name: nameOf(rows[index]) })),
  });
};

/** Empty if the capture doesn't have it. */
function responseWords(capture: Selected): string {
  const answered = answeredOf(capture);
  return answered ? `→ ${answered.status ?? 'no response'}` : '';
}

/** Returns the text of a line of `verify`, the response and the request's time: nothing personal. */
function preview(capture: Selected, isOneFile: boolean): string[] {
  const { file, position, body, receivedAt = '' } = capture;
  const { type = `a body of ${body.length} bytes`, status = '', referenceId = '' } = summariseBody(body);
  const number = isOneFile ? String(position).padStart(3) : `${file} ${position}`;
  return [number, type, status, referenceId.slice(0, 8), responseWords(capture), receivedAt];
}

function reportDamage(damage: CaptureDamage, file: string, { reporting }: Pick<Ports, 'reporting'>): void {
  if (damage.kind === 'torn') reporting.warn(`${sourceName(file)}: a record was never finished, and is left out`);
  else reporting.fail(new InputError(`${sourceName(file)}: a record is corrupt, and is left out: ${damage.reason}`));
}
