import { token, type Header } from '../../http/header.js';
import { CaptureError } from '../capture-error.js';
import { lineAt } from './line.js';

export interface Head {
  method: string;
  target: string;
  headers: Header[];
  /** The position where the body begins. */
  end: number;
}

/** In bytes. A file without an empty line within this length has no head. */
const longestHead = 1024 * 1024;

/** Programs write HTTP/2 and HTTP/3 messages in the format of HTTP/1.1. */
const version = 'HTTP/(?:1\\.[01]|[23](?:\\.0)?)';

const requestLine = new RegExp(`^(${token}) ([\\x21-\\x7e\\x80-\\xff]+) ${version}$`);

const beginning = new RegExp(`^\\s*[A-Z]+ \\S+ ${version}\\r?\\n`);

/** Returns whether a message begins here. */
export const beginsMessage = (bytes: Uint8Array): boolean =>
  beginning.test(Buffer.from(bytes.subarray(0, 8192)).toString('latin1'));

const headerLine = new RegExp(`^(${token}):[ \\t]*(.*)$`, 's');
const control = /[^\t\x20-\x7e\x80-\xff]/;

/** Reads the request line and the headers, up to the first empty line. Throws CaptureError. */
export function readHead(bytes: Uint8Array): Head {
  const head = bytes.subarray(0, longestHead);
  const first = skipEmptyLines(head);
  const start = lineAt(head, first.position);
  const parts = parseRequestLine(start?.text ?? '');
  const headers: Header[] = [];
  let [number, position] = [first.number + 1, start?.next ?? 0];
  let line = lineAt(head, position);
  for (; line && line.text !== ''; number += 1) {
    headers.push(parseHeaderLine(line.text, number));
    position = line.next;
    line = lineAt(head, position);
  }
  if (line === undefined) {
    refuseBody(Buffer.from(head.subarray(position, position + 64)).toString('latin1'), number);
    throw new CaptureError('message-incomplete', 'the headers never end: no empty line follows them');
  }
  return { ...parts, headers, end: line.next };
}

/** `number` counts lines from 1. */
function skipEmptyLines(bytes: Uint8Array): { position: number; number: number } {
  // Some editors and shells add a byte order mark.
  let [position, number] = [bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0, 1];
  for (let line = lineAt(bytes, position); line?.text === ''; number += 1) {
    position = line.next;
    line = lineAt(bytes, position);
  }
  return { position, number };
}

function parseRequestLine(line: string): Pick<Head, 'method' | 'target'> {
  const [, method, target] = requestLine.exec(line) ?? [];
  if (method !== undefined && target !== undefined) return { method, target };
  if (/^HTTP\/\d/.test(line)) {
    throw new CaptureError('response', 'this is an HTTP response, not a request');
  }
  throw new CaptureError('request-line-missing', "this isn't an HTTP request: it has no request line");
}

/** Throws CaptureError for JSON where a header is expected. */
function refuseBody(line: string, number: number): void {
  if (/^[ \t]*[{[]/.test(line))
    throw new CaptureError('message-incomplete', `line ${number} looks like the body, but no empty line is before it`);
}

function parseHeaderLine(line: string, number: number): Header {
  refuseBody(line, number);
  // Joining folded lines would be a guess; servers refuse them: https://www.rfc-editor.org/rfc/rfc9112#section-5.2
  if (/^[ \t]/.test(line)) throw malformed(`line ${number} continues the header before it, which HTTP/1.1 forbids`);
  if (!line.includes(':'))
    throw new CaptureError('message-incomplete', `line ${number} isn't a header: it has no colon`);
  const [, name, value] = headerLine.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    throw malformed(`line ${number} isn't a header: the text before its colon isn't a name`);
  }
  if (control.test(value)) throw malformed(`line ${number} isn't a header: it has a control character`);
  return [name, trimEnd(value)];
}

const malformed = (message: string): CaptureError => new CaptureError('message-malformed', message);

/**
 * Not String.trimEnd, which also removes A0, which may be half of a character. A loop, because a regular expression may
 * take quadratic time.
 */
function trimEnd(value: string): string {
  let end = value.length;
  while (value[end - 1] === ' ' || value[end - 1] === '\t') end -= 1;
  return value.slice(0, end);
}
