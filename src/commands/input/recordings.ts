import type { CaptureEntry } from '../../recording/captured-request.js';
import type { CaptureFormat } from '../../recording/formats.js';
import { inOrder } from '../../threads/in-order.js';
import { openCaptures, readCaptures } from '../../recording/read.js';
import type { Help } from '../../threads/helper.js';
import type { Ports } from '../command.js';
import { bytesOf, named } from './files.js';

/** What is in a recording, or on standard input for `-`; both are streamed. Throws InputError. */
export async function* capturesIn(
  name: string,
  format: CaptureFormat | undefined,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<CaptureEntry> {
  for await (const entries of named(name, readCaptures(bytesOf(name, ports), format))) yield* entries;
}

/** How entries are judged, and who helps with a long recording. */
interface Judging<Judgement> {
  judge: (entry: CaptureEntry) => Judgement;
  help: Help | undefined;
}

/** What comes of each entry, several at a time. Throws InputError. */
export const judgedCaptures = <Judgement>(
  { name, format }: { name: string; format: CaptureFormat | undefined },
  { judge, help }: Judging<Judgement>,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<readonly Judgement[]> => {
  async function* judged(): AsyncGenerator<readonly Judgement[]> {
    const captures = await openCaptures(bytesOf(name, ports), format);
    if ('entries' in captures) yield captures.entries.map(judge);
    else yield* inOrder(captures.pieces, piece => captures.entriesIn(piece).map(judge), help);
  }
  return named(name, judged());
};
