import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Entry, PostData, Request, Response } from 'har-format';
import { InputError } from '../../errors.js';
import type { Header } from '../../http/header.js';
import type { CapturedAnswer, CapturedRequest } from '../captured-request.js';
import { unknownTime } from './schema.js';

/** In MiB. Both as text, with up to six characters per byte, and as base64, it fits into Node's longest string. */
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

const entryOf = (request: CapturedRequest, origin: string): Entry => ({
  startedDateTime: request.receivedAt ?? unknownTime,
  time: request.answer?.milliseconds ?? 0,
  request: requestOf(request, origin),
  response: request.answer ? responseOf(request.answer) : noResponse,
  cache: {},
  timings: { send: 0, wait: request.answer?.milliseconds ?? 0, receive: 0 },
});

const noResponse: Response = {
  status: 0,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: '' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

/** Unlike in requests, HAR can hold any bytes here. */
function responseOf({ status, headers, body, isWhole }: CapturedAnswer): Response {
  const bytes = bytesOf(body);
  const content = isUtf8(bytes) ? { text: bytes.toString() } : { text: bytes.toString('base64'), encoding: 'base64' };
  return {
    ...noResponse,
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: headers.map(([name, value]) => ({ name, value })),
    content: { size: body.length, mimeType: valueOf('content-type', headers), ...content },
    redirectURL: valueOf('location', headers),
    bodySize: body.length,
    ...(!isWhole && { _fidelity: 'incomplete' }),
  };
}

const valueOf = (name: string, headers: readonly Header[]): string =>
  headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1] ?? '';

const bytesOf = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.length);

/** Our extensions: HAR reserves names that begin with `_` for them. */
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
      hint: `the limit is ${largestBody} MiB; raw HTTP has no such limit`,
    });
  }
  const bytes = bytesOf(body);
  return { mimeType: valueOf('content-type', headers), text: bytes.toString(), _bodyBase64: bytes.toString('base64') };
}
