import { hash } from 'node:crypto';
import { redactHeaders, type Header } from '../http/header.js';

/** One line of a recording. `end` comes last: a line without it was never finished. */
export interface CaptureRecord {
  v: typeof version;
  /** `request`: received; `sent`: sent; `reply`: the response to the record named by `of`. */
  kind: 'request' | 'sent' | 'reply';
  id: string;
  of?: string | undefined;
  /** 1 for the first of its process. */
  seq: number;
  /** RFC 3339, in UTC. */
  receivedAt: string;
  method?: string | undefined;
  target?: string | undefined;
  httpVersion?: string | undefined;
  /** The status of a response. */
  status?: number | undefined;
  rawHeaders: Header[];
  bodyBase64: string;
  bodyLength: number;
  bodySha256: string;
  complete: boolean;
  /** The address and port of the sender. */
  remote?: string | undefined;
  verdict?: Record<string, unknown> | undefined;
  /** The names of redacted headers. */
  redacted: string[];
  end: true;
}

/** The version of the format that this program writes, and the newest it reads. */
export const version = 1;

/** The input of a record, from which the rest follows. */
export interface RecordFacts extends Omit<
  CaptureRecord,
  'v' | 'rawHeaders' | 'bodyBase64' | 'bodyLength' | 'bodySha256' | 'redacted' | 'end'
> {
  headers: readonly Header[];
  body: Uint8Array;
}

/** Returns the bytes of a record, with the line break that ends it. */
export function encodeRecord({ headers, body, kind, ...facts }: RecordFacts): Buffer {
  const shown = redactHeaders(headers);
  const record = {
    v: version,
    kind,
    ...facts,
    rawHeaders: shown,
    bodyBase64: Buffer.from(body).toString('base64'),
    bodyLength: body.length,
    bodySha256: sha256(body),
    redacted: headers.filter(([, value], index) => shown[index]?.[1] !== value).map(([name]) => name),
    end: true,
  };
  return Buffer.from(`${JSON.stringify(record)}\n`);
}

export const sha256 = (body: Uint8Array): string => hash('sha256', body);
