import { hash } from 'node:crypto';
import * as z from 'zod';
import { redactHeaders, type Header } from '../http/header.js';
import type { CapturedAnswer, CapturedRequest, RecordedVerdict } from './captured-request.js';

/** One line of a recording. `end` comes last: a line without it was never finished. */
export type CaptureRecord = z.infer<typeof recordSchema>;

/** The newest version of the format that this program reads, and the one that it writes. */
const version = 1;

const text = z.string();
const count = z.int().min(0);

// By hand: zod would take longer for these two than for the rest of the schema.
const headerList = z.custom<Header[]>(value => Array.isArray(value) && value.every(isHeader));
const anyObject = z.custom<Record<string, unknown>>(
  value => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const isHeader = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string';

const recordSchema = z.object({
  v: z.literal(version),
  /** `request`: received; `sent`: sent; `reply`: the answer to the record that `of` names. */
  kind: z.enum(['request', 'sent', 'reply']),
  id: text,
  of: text.optional(),
  /** 1 for the first of its process. */
  seq: count,
  /** RFC 3339, in UTC. */
  receivedAt: text,
  method: text.optional(),
  target: text.optional(),
  httpVersion: text.optional(),
  /** The status of a reply. */
  status: z.int().optional(),
  rawHeaders: headerList,
  bodyBase64: text,
  bodyLength: count,
  bodySha256: text,
  complete: z.boolean(),
  /** The address and port of the sender. */
  remote: text.optional(),
  verdict: anyObject.optional(),
  /** The names of headers whose values were left out. */
  redacted: z.array(text),
  end: z.literal(true),
});

/** What a record is made from: the rest follows from it. */
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

/** A record, or what is wrong with the line. */
export type DecodedLine = WholeRecord | { flaw: 'torn' } | { flaw: 'corrupt'; reason: string };

export interface WholeRecord {
  record: CaptureRecord;
  body: Buffer;
}

const ending = '"end":true}';

/** Reads one line, without its line break. */
export function decodeRecord(line: Buffer): DecodedLine {
  const text = line.toString();
  if (!text.endsWith(ending)) return { flaw: 'torn' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { flaw: 'corrupt', reason: "it isn't JSON" };
  }
  if (isNewer(json)) return { flaw: 'corrupt', reason: 'a newer version of webhook-cli wrote it' };
  const { success, data } = recordSchema.safeParse(json);
  if (!success) return { flaw: 'corrupt', reason: "it isn't a record" };
  const body = Buffer.from(data.bodyBase64, 'base64');
  if (body.length !== data.bodyLength) return { flaw: 'corrupt', reason: 'its body has another length than it says' };
  if (sha256(body) !== data.bodySha256) return { flaw: 'corrupt', reason: 'its body has another sha256 than it says' };
  return { record: data, body };
}

export const requestOf = ({ record, body }: WholeRecord): CapturedRequest => ({
  method: record.method ?? 'POST',
  target: record.target ?? '/',
  headers: record.rawHeaders,
  body,
  fidelity: record.complete ? 'exact' : 'incomplete',
  ...(record.kind === 'sent' && { wasSent: true }),
  receivedAt: record.receivedAt,
  findings: record.redacted.length > 0 ? ['headers-redacted'] : [],
});

export const answerOf = ({ record, body }: WholeRecord): CapturedAnswer => {
  const milliseconds = record.verdict?.['milliseconds'];
  return {
    status: record.status ?? 0,
    headers: record.rawHeaders,
    body,
    isWhole: record.complete,
    ...(typeof milliseconds === 'number' && { milliseconds }),
  };
};

/** Leaves out what isn't what it should be. */
export function verdictOf({ record: { kind, verdict } }: WholeRecord): RecordedVerdict | undefined {
  if (kind !== 'request' || verdict === undefined) return undefined;
  const { status, refusal, signature, answeredBy } = verdict;
  const known: RecordedVerdict = {};
  if (typeof status === 'number') known.status = status;
  if (typeof refusal === 'string') known.refusal = refusal;
  if (typeof signature === 'string') known.signature = signature;
  if (answeredBy === 'receiver' || answeredBy === 'application' || answeredBy === 'plan') known.answeredBy = answeredBy;
  return known;
}

const isNewer = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'v' in json && typeof json.v === 'number' && json.v > version;

const sha256 = (body: Uint8Array): string => hash('sha256', body);
