import type { Header } from '../../http/header.js';
import { CaptureError } from '../capture-error.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { unchunk } from './chunked.js';
import { beginsMessage, readHead } from './head.js';
import { requestsInFile } from './request-file.js';

/** The content of a message and the bytes after it. */
interface Content extends Pick<CapturedRequest, 'body' | 'fidelity'> {
  surplus: Uint8Array;
}

/**
 * Reads HTTP/1.1 requests as they went over the wire, or as they were saved with LF line ends: one after the other,
 * with empty lines between them or without. Without a length, a body ends with the file. Also reads the files that
 * editors send requests from. Throws CaptureError if not even the first one can be read.
 */
export function readHttpMessages(bytes: Uint8Array): CaptureEntry[] {
  return requestsInFile(bytes)?.map(entryOf) ?? messagesIn(bytes);
}

function entryOf(message: Buffer | string): CaptureEntry {
  if (typeof message === 'string') return { kind: 'corrupt', reason: message };
  const read = readNext(message);
  return read instanceof CaptureError ? { kind: 'corrupt', reason: read.message } : { kind: 'request', request: read.request };
} // prettier-ignore

/** Reads one message. Throws CaptureError. */
export function messageIn(bytes: Uint8Array): CapturedRequest {
  const read = readNext(bytes);
  if (read instanceof CaptureError) throw read;
  return read.request;
}

function messagesIn(bytes: Uint8Array): CaptureEntry[] {
  const entries: CaptureEntry[] = [];
  for (let rest: Uint8Array | undefined = bytes; rest;) {
    const message: Message | CaptureError = readNext(rest);
    if (message instanceof CaptureError) {
      if (entries.length === 0) throw message;
      entries.push({ kind: 'corrupt', reason: message.message });
      return entries;
    }
    entries.push({ kind: 'request', request: message.request });
    rest = message.next;
  }
  return entries;
}

interface Message {
  request: CapturedRequest;
  /** Starts with the next message, if any. */
  next: Uint8Array | undefined;
}

function readNext(bytes: Uint8Array): Message | CaptureError {
  try {
    const { method, target, headers, end } = readHead(bytes);
    const { surplus, ...content } = contentOf(bytes.subarray(end), headers);
    const next = beginsMessage(surplus) ? surplus : undefined;
    const isOdd = !next && surplus.length > 0;
    const odd = isOdd ? { findings: ['surplus-bytes'] as const, surplus } : { findings: [] };
    return { request: { method, target, headers, ...content, ...odd }, next };
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  }
}

function contentOf(rest: Uint8Array, headers: readonly Header[]): Content {
  const codings = valuesOf('transfer-encoding', headers);
  const lengths = valuesOf('content-length', headers);
  // If both are present, the chunks take precedence: https://www.rfc-editor.org/rfc/rfc9112#section-6.3
  if (codings.length > 0) return chunkedContent(rest, codings);
  if (lengths.length > 0) return sizedContent(rest, lengthIn(lengths));
  return { body: rest, fidelity: 'exact', surplus: new Uint8Array() };
}

function chunkedContent(rest: Uint8Array, codings: readonly string[]): Content {
  if (codings.join().toLowerCase() !== 'chunked') {
    throw malformed("the transfer-encoding isn't chunked, and no other is supported");
  }
  const { body, isComplete, surplus } = unchunk(rest);
  return {
    body,
    fidelity: isComplete ? 'exact' : 'incomplete',
    surplus: rest.subarray(rest.length - surplus),
  };
}

const sizedContent = (rest: Uint8Array, length: number): Content => ({
  body: rest.subarray(0, length),
  fidelity: rest.length < length ? 'incomplete' : 'exact',
  surplus: rest.subarray(length),
});

function lengthIn(values: readonly string[]): number {
  const [first = '', ...others] = values;
  if (!values.every(value => /^\d+$/.test(value))) throw malformed("the content-length isn't a number");
  if (others.some(other => Number(other) !== Number(first))) {
    throw malformed('the request has more than one content-length, and they differ');
  }
  return Number(first);
}

const malformed = (message: string): CaptureError => new CaptureError('message-malformed', message);

/** Returns the members of a list, whether they are in one header or in several. */
const valuesOf = (name: string, headers: readonly Header[]): string[] =>
  headers
    .filter(([candidate]) => candidate.toLowerCase() === name)
    .flatMap(([, value]) => value.split(',').map(member => member.trim()));
