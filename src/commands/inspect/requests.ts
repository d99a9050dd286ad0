import type { Ports } from '../../contract/command.js';
import { InputError } from '../../errors.js';
import type { Placed } from '../../exchange/exchange.js';
import type { CaptureDamage } from '../../recording/captured-request.js';
import { sourceName } from '../input/files.js';
import type { Chosen } from '../input/selection.js';
import type { InspectReport } from './reports.js';

/** Reports and skips damage. */
export async function* requestsAmong(
  entries: AsyncIterable<Chosen>,
  file: string,
  { environment: { signal }, reporting }: Ports<InspectReport>,
): AsyncGenerator<Placed> {
  for await (const entry of entries) {
    if (signal.aborted || reporting.outputGone.aborted) return;
    if (entry.kind === 'request') yield entry;
    else if (entry.kind !== 'unplaced') reportDamage(entry, file, reporting);
  }
}

export function reportDamage(
  damage: CaptureDamage,
  file: string,
  { warn, fail }: Pick<Ports['reporting'], 'warn' | 'fail'>,
): void {
  if (damage.kind === 'torn') warn(`${sourceName(file)}: a record was never finished, and is left out`);
  else fail(new InputError(`${sourceName(file)}: a record is corrupt, and is left out: ${damage.reason}`));
}
