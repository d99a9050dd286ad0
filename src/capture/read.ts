import type { CapturedRequest, CaptureEntry } from './captured-request.js';
import type { CaptureFormat } from './formats.js';
import { InputError } from '../errors.js';
import { readHar } from './har.js';
import { readHttpMessage } from './http-message.js';
import { readRecording } from './ndjson.js';
import { formatOf, withoutMark } from './recognise.js';
import { joined, peek, wholeOf } from './stream.js';

/**
 * The requests in a stream of bytes, several at a time, whose format shows in its first ones unless it is given. Throws
 * InputError.
 */
export async function* readCaptures(
  stream: AsyncIterable<Buffer>,
  given?: CaptureFormat,
): AsyncGenerator<readonly CaptureEntry[]> {
  const { head, told, rest } = await peek(stream, (bytes, isWhole) => formatOf(bytes, { isWhole }));
  if (told === 'nothing') return;
  const format = given ?? told;
  if (format === 'recording') yield* readRecording(joined(withoutMark(head), rest));
  else yield documents[format].read(await wholeOf(joined(head, rest), documents[format])).map(entryOf);
}

const entryOf = (request: CapturedRequest): CaptureEntry => ({ kind: 'request', request });

interface Document {
  name: string;
  hint: string;
  read: (bytes: Uint8Array) => CapturedRequest[];
}

const knownForms =
  'a recording comes from "listen --save", a raw request begins with a line like "POST /webhooks HTTP/1.1"';

/** What is read as a whole. */
const documents: Record<Exclude<CaptureFormat, 'recording'> | 'unknown', Document> = {
  har: { name: 'a HAR file', hint: 'export fewer requests at a time', read: readHar },
  http: {
    name: 'a raw HTTP message',
    hint: 'is it one? a recording is known by {"v":1 at the beginning of its lines',
    read: bytes => [readHttpMessage(bytes)],
  },
  unknown: {
    name: 'a file of an unknown form',
    hint: knownForms,
    read: () => {
      throw new InputError("this isn't a recording, a HAR file or a raw HTTP request", { hint: knownForms });
    },
  },
};
