import type { Header } from '../../http/header.js';
import { CaptureError } from '../capture-error.js';
import type { CapturedAnswer, CapturedRequest, CaptureEntry } from '../captured-request.js';
import { flawOf, targetIn } from '../parts.js';
import { bodyOf } from './body.js';
import { harEntrySchema, harSchema, unknownTime, type HarEntry } from './schema.js';

/** Reads the requests of a HAR 1.2 file, in order, with any method. Throws CaptureError. */
export function readHar(bytes: Uint8Array): CaptureEntry[] {
  const { data, error } = harSchema.safeParse(parseJson(bytes));
  if (error) throw new CaptureError('wrong-shape', `this isn't a HAR file: ${flawOf(error)}`);
  return data.log.entries.map((value, index): CaptureEntry => {
    const entry = harEntrySchema.safeParse(value);
    return entry.success
      ? { kind: 'request', request: requestOf(entry.data) }
      : { kind: 'corrupt', reason: flawOf(entry.error, ['log', 'entries', index]) };
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Drop the cause: a SyntaxError quotes the file.
    throw new CaptureError('not-json', "this isn't a HAR file: it isn't JSON");
  }
}

function requestOf({ request, response, startedDateTime, time }: HarEntry): CapturedRequest {
  const { method, url, headers, _findings: findings } = request;
  const receivedAt = startedDateTime === unknownTime ? undefined : startedDateTime;
  return {
    method,
    target: targetIn(url),
    headers: headers.filter(({ name }) => !name.startsWith(':')).map(({ name, value }): Header => [name, value]),
    ...bodyOf(request),
    ...(receivedAt !== undefined && { receivedAt }),
    ...(response && { answer: answerOf(response, time) }),
    findings,
  };
}

function answerOf(
  { status, headers, content: { text = '', encoding } = {}, _fidelity: fidelity }: NonNullable<HarEntry['response']>,
  time: number | undefined,
): CapturedAnswer {
  return {
    status,
    headers: headers.map(({ name, value }): Header => [name, value]),
    body: Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'),
    isWhole: fidelity === undefined,
    ...(time !== undefined && { milliseconds: time }),
  };
}
