import type { Entry, PostData, Request } from 'har-format';
import { InputError } from '../../errors.js';
import type { CapturedRequest } from '../captured-request.js';

/** HAR demands a time; this one stands where none is known. */
export const unknownTime = '1970-01-01T00:00:00.000Z';

/** In MiB. As text, where a byte may take six characters, and as base64, it still fits into Node's longest string. */
const largestBody = 64;

interface Origins {
  /** Of webhook-cli. */
  version: string;
  /** Stands before targets that are paths: `http://127.0.0.1:4665`. */
  origin: string;
}

/** What stands around and between the entries of a HAR 1.2 file, each of which comes from `harEntry`. */
export const harFrame = ({ version }: Pick<Origins, 'version'>) => ({
  head: `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'webhook-cli', version })},"entries":[\n`,
  separator: ',\n',
  tail: '\n]}}\n',
});

/** One entry. HAR holds text alone, so the body stands beside it, byte for byte, in `_bodyBase64`. Throws InputError for a body too large for it. */
export const harEntry = (request: CapturedRequest, { origin }: Pick<Origins, 'origin'>): string =>
  JSON.stringify(entryOf(request, origin));

/** A whole file. Throws InputError for a body too large for it. */
export function writeHar(requests: readonly CapturedRequest[], { version, origin }: Origins): Uint8Array {
  const { head, separator, tail } = harFrame({ version });
  // Entry by entry: all of them together may be longer than the longest string.
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

/** What HAR has no word for; names of one's own begin with `_`. */
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
      hint: `${largestBody} MiB is the most; export it as raw HTTP`,
    });
  }
  const [, mimeType = ''] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return { mimeType, text: bytes.toString(), _bodyBase64: bytes.toString('base64') };
}
