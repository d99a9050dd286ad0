import * as z from 'zod/mini';
import type { Header } from '../http/header.js';
import { object } from '../json/compiled-object.js';
import type { CapturedAnswer, CapturedRequest, RecordedVerdict } from './captured-request.js';
import { sha256, version, type CaptureRecord } from './record.js';

const text = z.string();
const count = z.int().check(z.gte(0));

// By hand: zod would take longer for these two than for all other fields.
const headerList = z.custom<Header[]>(value => Array.isArray(value) && value.every(isHeader));
const anyObject = z.custom<Record<string, unknown>>(
  (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const isHeader = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string';

const recordSchema = object({
  v: z.literal(version),
  kind: z.enum(['request', 'sent', 'reply']),
  id: text,
  of: z.optional(text),
  seq: count,
  receivedAt: text,
  method: z.optional(text),
  target: z.optional(text),
  httpVersion: z.optional(text),
  status: z.optional(z.int()),
  rawHeaders: headerList,
  bodyBase64: text,
  bodyLength: count,
  bodySha256: text,
  complete: z.boolean(),
  remote: z.optional(text),
  verdict: z.optional(anyObject),
  redacted: z.array(text),
  end: z.literal(true),
}) satisfies z.ZodMiniType<CaptureRecord>;

/** A record, or the flaw of the line. */
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
  if (body.length !== data.bodyLength) return { flaw: 'corrupt', reason: "its body doesn't have the recorded length" };
  if (sha256(body) !== data.bodySha256) return { flaw: 'corrupt', reason: "its body doesn't have the recorded sha256" };
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

/** Leaves out invalid values. */
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
