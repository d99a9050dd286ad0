import type { CaptureEntry } from '../../recording/captured-request.js';
import type { CaptureFormat } from '../../recording/formats.js';
import type { Exchange, ExchangeEntry } from '../../recording/exchanges.js';
import { openCaptures, readCaptures, readExchanges } from '../../recording/read.js';
import type { Help } from '../../threads/helper.js';
import { inOrder } from '../../threads/in-order.js';
import type { Ports } from '../../contract/command.js';
import { bytesOf, named } from './files.js';

/** Streams the entries of a capture, or of standard input for `-`. Throws InputError. */
export async function* capturesIn(
  name: string,
  format: CaptureFormat | undefined,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<CaptureEntry> {
  for await (const entries of named(name, readCaptures(bytesOf(name, ports), format))) yield* entries;
}

/** Streams the entries, and each request with its response. Throws InputError. */
export const exchangesIn = (
  name: string,
  format: CaptureFormat | undefined,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<Exchange> => named(name, readExchanges(bytesOf(name, ports), format));

interface Mapping<Result> {
  map: (entries: readonly ExchangeEntry[]) => readonly Result[] | Promise<readonly Result[]>;
  /** Does the same for part of a long recording, in a second thread. */
  help: Help | undefined;
}

/** Streams the results of `map` for all entries, several at a time. Throws InputError. */
export function mapExchanges<Result>(
  { name, format }: { name: string; format: CaptureFormat | undefined },
  { map, help }: Mapping<Result>,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<readonly Result[]> {
  async function* results(): AsyncGenerator<readonly Result[]> {
    const captures = await openCaptures(bytesOf(name, ports), format);
    if ('entries' in captures) yield await map(captures.entries);
    else yield* inOrder(captures.pieces, piece => map(captures.exchangesIn(piece)), help);
  }
  return named(name, results());
}
