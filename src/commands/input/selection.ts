import type { Ports } from '../../contract/command.js';
import { InputError, UsageError } from '../../errors.js';
import { eventNames } from '../../event/catalogue.js';
import type { Match } from '../../event/match.js';
import { summariser } from '../../event/summary.js';
import { isGood } from '../../recording/answered.js';
import type { CapturedRequest } from '../../recording/captured-request.js';
import {
  newTally,
  selectEntries,
  type Range,
  type SelectedEntry,
  type Selection,
  type Tally,
} from '../../recording/select.js';
import type { Scheme } from '../../scheme/scheme.js';
import { hasCatalogue, placesOf } from '../../scheme/schemes.js';
import { counted } from '../../text/words.js';
import { warnOfUnknownPaths } from '../payload/warn-paths.js';
import { capturesIn, exchangesIn } from './recordings.js';
import { sourceName } from './files.js';
import { isSelective, type SelectionFlags } from './selection-options.js';

/** A selected request, or damage to the file. */
export type Chosen = Exclude<SelectedEntry, { kind: 'missing' }>;

/** Selects requests, file by file. */
export interface Selector {
  /** Streams the selected requests of a file, and all damage. Throws InputError for missing positions. */
  choose: (file: string) => AsyncGenerator<Chosen>;
  /** Throws InputError if there were requests but none was selected. */
  refuseNothing: () => void;
}

interface Selecting {
  files: readonly string[];
  scheme: Scheme;
  /** Whether to read responses even if no flag asks for them. */
  withAnswers?: boolean;
  /** Whether to stop reading after the last position. */
  stopsEarly?: boolean;
}

/** Warns about paths that no event has. Throws UsageError for positions in several files. */
export async function createSelector(
  flags: SelectionFlags,
  { files, scheme, withAnswers = false, stopsEarly = false }: Selecting,
  ports: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Selector> {
  const { only, match = [], format, answered, failed, refused } = flags;
  if (only && files.length > 1)
    throw new UsageError('--only is for one file', { hint: 'its numbers are positions in that file' });
  if (hasCatalogue(scheme))
    await warnOfUnknownPaths({ flag: '--match', paths: match.map(({ path }) => path), events: eventNames }, ports);
  const selection = selectionOf(flags, scheme);
  const needsAnswers = withAnswers || [answered, failed, refused].some(Boolean);
  const tally = newTally();
  let wasRead = false;
  return {
    async *choose(file) {
      const entries = needsAnswers ? exchangesIn(file, format, ports) : capturesIn(file, format, ports);
      for await (const entry of selectEntries(entries, selection, { tally, stopsEarly })) {
        if (entry.kind === 'missing') throw missingRequests(entry, file);
        yield entry;
      }
      wasRead = true;
    },
    refuseNothing() {
      if (tally.selected > 0 || !isSelective(flags) || !wasRead) return;
      throw new InputError(noneWords(tally.read), {
        hint: hintFor(tally, match),
      });
    },
  };
}

function selectionOf({ only, match, event, answered, failed, refused }: SelectionFlags, scheme: Scheme): Selection {
  return {
    positions: only,
    matches: match,
    isWantedEvent: event && isOfType(event, scheme),
    isWantedAnswer:
      (answered ?? failed)
        ? status => (answered?.includes(status) ?? true) && (failed !== true || !isGood(status))
        : undefined,
    isRefused: refused,
  };
}

function isOfType(types: readonly string[], scheme: Scheme): (request: CapturedRequest) => boolean {
  const wanted = new Set(types.map(type => type.toLowerCase()));
  const summarise = summariser(hasCatalogue(scheme) ? undefined : placesOf(scheme));
  return request => wanted.has(summarise(request).type?.toLowerCase() ?? '');
}

function noneWords(count: number): string {
  if (count === 0) return 'there are no requests';
  return count === 1 ? "the only request doesn't match" : `none of the ${count} requests match`;
}

function hintFor(tally: Tally, match: readonly Match[]): string {
  const below = [...tally.below.values()];
  const cased = Array.from(
    tally.cased.values(),
    ({ wanted, found, count }) => `no request has ${wanted}; ${count} ${count === 1 ? 'has' : 'have'} ${found}`,
  );
  if (below.length > 0) return `did you mean ${below.join(' and ')}?`;
  if (cased.length > 0) return cased.join('; ');
  if (match.length > 0) return '--match takes a path and its value, like data.customer_status=APPROVED';
  return 'inspect lists them, with their events and responses';
}

const missingRequests = (
  { positions, count }: { positions: readonly Range[]; count: number },
  file: string,
): InputError =>
  new InputError(`${sourceName(file)} has ${counted(count, 'request')}, but no number ${rangeWords(positions)}`, {
    hint: 'webhook-cli inspect lists and numbers them',
  });

const rangeWords = (ranges: readonly Range[]): string =>
  ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
