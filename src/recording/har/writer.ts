import type { Entry, PostData, Request } from 'har-format';
import { InputError } from '../../errors.js';
import type { CapturedRequest } from '../captured-request.js';

/** HAR demands a time. This one means that none is known. */
export const unknownTime = '1970-01-01T00:00:00.000Z';

/** In MiB. As text, with up to six characters for a byte, and as base64, it still fits into Node's longest string. */
const largestBody = 64;

interface Origins {
  /** The version of webhook-cli. */
  version: string;
  /** Completes targets that are paths, such as `http://127.0.0.1:4665`. */
  origin: string;
}

/** Returns what surrounds and separates the entries of a HAR 1.2 file, each of which comes from `harEntry`. */
export const harFrame = ({ version }: Pick<Origins, 'version'>) => ({
  head: `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'webhook-cli', version })},"entries":[\n`,
  separator: ',\n',
  tail: '\n]}}\n',
});

/** Returns one entry. HAR holds only text, so `_bodyBase64` has the bytes of the body. Throws InputError for a body that is too large. */
export const harEntry = (request: CapturedRequest, { origin }: Pick<Origins, 'origin'>): string =>
  JSON.stringify(entryOf(request, origin));

/** Returns a whole file. Throws InputError for a body that is too large. */
export function writeHar(requests: readonly CapturedRequest[], { version, origin }: Origins): Uint8Array {
  const { head, separator, tail } = harFrame({ version });
  // Entry by entry: together they may be longer than the longest string.
  const entries = requests.flatMap((request, index) => [
    Buffer.from(index === 0 ? '' : separator),
    Buffer.from(harEntry(request, { origin })),
  ]);
  return Buffer.concat([Buffer.from(head), ...entries, Buffer.from(tail)]);
}

const entryOf = (request: CapturedRequest, origin: string): Entry => ({
  startedDateTime: request.receivedAt ?? unknownTime,
  time: 0,
  request: requestOf(request, origin),
  response: {
    status: 0,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: '' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  },
  cache: {},
  timings: { send: 0, wait: 0, receive: 0 },
});

/** What HAR has no word for: HAR lets names of one's own begin with `_`. */
interface Extension {
  _fidelity?: CapturedRequest['fidelity'];
  _findings?: CapturedRequest['findings'];
}

function requestOf(request: CapturedRequest, origin: string): Request & Extension {
  const { method, target, headers, body, fidelity, findings } = request;
  const url = target.startsWith('/') ? origin + target : target;
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(([name, value]) => ({ name, value })),
    queryString: [...new URLSearchParams(/\?([^#]*)/.exec(target)?.[1])].map(([name, value]) => ({ name, value })),
    postData: postDataOf(request),
    headersSize: -1,
    bodySize: body.length,
    ...(fidelity !== 'exact' && { _fidelity: fidelity }),
    ...(findings.length > 0 && { _findings: findings }),
  };
}

function postDataOf({ headers, body }: CapturedRequest): PostData & { _bodyBase64: string } {
  if (body.length > largestBody * 1024 * 1024) {
    throw new InputError(`a body of ${body.length} bytes is too large for HAR`, {
      hint: `at most ${largestBody} MiB fit; raw HTTP has no such limit`,
    });
  }
  const [, mimeType = ''] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return { mimeType, text: bytes.toString(), _bodyBase64: bytes.toString('base64') };
}
