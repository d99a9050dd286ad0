import type { Header } from '../../http/header.js';
import { CaptureError } from '../capture-error.js';
import type { CapturedRequest } from '../captured-request.js';
import { unchunk } from './chunked.js';
import { readHead } from './head.js';

type Content = Pick<CapturedRequest, 'body' | 'fidelity' | 'findings'>;

/**
 * Reads one HTTP/1.1 request as it went over the wire, or as it was saved with LF line ends. Without a length, the body
 * ends with the file. Throws CaptureError.
 */
export function readHttpMessage(bytes: Uint8Array): CapturedRequest {
  const { method, target, headers, end } = readHead(bytes);
  return { method, target, headers, ...contentOf(bytes.subarray(end), headers) };
}

function contentOf(rest: Uint8Array, headers: readonly Header[]): Content {
  const codings = valuesOf('transfer-encoding', headers);
  const lengths = valuesOf('content-length', headers);
  // With both, the chunks count: https://www.rfc-editor.org/rfc/rfc9112#section-6.3
  if (codings.length > 0) return chunkedContent(rest, codings);
  return lengths.length > 0 ? sizedContent(rest, lengthIn(lengths)) : { body: rest, fidelity: 'exact', findings: [] };
}

function chunkedContent(rest: Uint8Array, codings: readonly string[]): Content {
  if (codings.join().toLowerCase() !== 'chunked') {
    throw malformed("the transfer-encoding isn't chunked, and no other can be read");
  }
  const { body, isComplete, surplus } = unchunk(rest);
  return {
    body,
    fidelity: isComplete ? 'exact' : 'incomplete',
    findings: findingsOf(rest.subarray(rest.length - surplus)),
  };
}

const sizedContent = (rest: Uint8Array, length: number): Content => ({
  body: rest.subarray(0, length),
  fidelity: rest.length < length ? 'incomplete' : 'exact',
  findings: findingsOf(rest.subarray(length)),
});

function lengthIn(values: readonly string[]): number {
  const [first = '', ...others] = values;
  if (!values.every(value => /^\d+$/.test(value))) throw malformed("the content-length isn't a number");
  if (others.some(other => Number(other) !== Number(first))) {
    throw malformed('the request has more than one content-length, and they differ');
  }
  return Number(first);
}

/** Refuses a second request: nobody should believe that it was checked, too. */
function findingsOf(surplus: Uint8Array): Content['findings'] {
  const beginning = Buffer.from(surplus.subarray(0, 8192)).toString('latin1');
  if (/^\s*[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/.test(beginning)) {
    throw new CaptureError('several-requests', 'there is more than one request in it');
  }
  return surplus.length > 0 ? ['surplus-bytes'] : [];
}

const malformed = (message: string): CaptureError => new CaptureError('message-malformed', message);

/** Returns the members of a list, whether they are in one header or in several. */
const valuesOf = (name: string, headers: readonly Header[]): string[] =>
  headers
    .filter(([candidate]) => candidate.toLowerCase() === name)
    .flatMap(([, value]) => value.split(',').map(member => member.trim()));
