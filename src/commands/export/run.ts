import type { CapturedRequest } from '../../recording/captured-request.js';
import { readScheme, type SchemeFlags } from '../../config/scheme.js';
import type { Scheme } from '../../scheme/scheme.js';
import { InputError } from '../../errors.js';
import { isSelective, type SelectionFlags } from '../input/selection-options.js';
import { createSelector, type Selector } from '../input/selection.js';
import type { Ports, Style, Verdict } from '../../contract/command.js';
import type { Reporting } from '../../ports.js';
import { shownDocument } from '../views/shown-document.js';
import { harParts } from './har.js';
import { messageParts, type Numbered } from './messages.js';

export interface ExportOptions extends SchemeFlags, SelectionFlags {
  file: string;
  to: 'har' | 'http' | 'curl';
  /** Replaces the recorded host and path. */
  url?: URL;
}

/** A part of the exported document, or all of it. */
export interface ExportReport {
  type: 'export';
  form: ExportOptions['to'];
  /** Requests in this part. */
  requests: number;
  documentBase64: string;
}

export async function run(options: ExportOptions, ports: Ports<ExportReport>): Promise<Verdict> {
  const { file, to, url } = options;
  const { clock, environment, reporting } = ports;
  const { scheme } = await readScheme(options, environment);
  const selector = await createSelector(options, { files: [file], scheme, withAnswers: to === 'har' }, ports);
  const tally = { requests: 0, untimely: 0 };
  const isTimely = ({ headers }: CapturedRequest) => scheme.timeFlaw(headers, clock.now()) === undefined;
  const requests = counting(requestsAmong(selector, { file, isWhole: !isSelective(options) }, reporting), {
    tally,
    isTimely,
  });
  const parts = to === 'har' ? harParts(requests, environment.version, reporting) : messageParts(requests, to, { file, url, reporting }); // prettier-ignore
  for await (const { bytes, requests: count } of parts) {
    const documentBase64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
    await reporting.report({ type: 'export', form: to, requests: count, documentBase64 });
  }
  // HAR files are for reading; the other formats are for sending.
  if (to !== 'har' && tally.untimely > 0) reporting.warn(untimelyWords(file, tally, scheme));
  return 'positive';
}

interface Tally {
  requests: number;
  untimely: number;
}

async function* counting(
  requests: AsyncIterable<Numbered>,
  { tally, isTimely }: { tally: Tally; isTimely: (request: CapturedRequest) => boolean },
): AsyncGenerator<Numbered> {
  for await (const request of requests) {
    tally.requests += 1;
    if (!isTimely(request)) tally.untimely += 1;
    yield request;
  }
}

const untimelyWords = (file: string, { requests, untimely }: Tally, { name }: Scheme): string =>
  `${file}: ${untimely} of ${requests} timestamps are outside the tolerance of ${name}, so a receiver will refuse them; replay --resign signs again`;

export const view = ({ documentBase64 }: ExportReport, style: Style): Uint8Array =>
  shownDocument(Buffer.from(documentBase64, 'base64'), style);

/** Leaves out and reports unusable entries. Throws InputError if nothing is left. */
async function* requestsAmong(
  { choose, refuseNothing }: Selector,
  { file, isWhole }: { file: string; isWhole: boolean },
  reporting: Pick<Reporting<ExportReport>, 'warn' | 'fail'>,
): AsyncGenerator<Numbered> {
  let [count, unplaced] = [0, 0];
  for await (const entry of choose(file)) {
    if (entry.kind === 'request') {
      count += 1;
      yield { ...entry.request, position: entry.position };
    } else if (entry.kind === 'unplaced') unplaced += 1;
    else if (entry.kind === 'torn') reporting.warn(`${file}: a record was never finished, and is left out`);
    else reporting.fail(new InputError(`${file}: a record is corrupt, and is left out: ${entry.reason}`));
  }
  refuseNothing();
  if (count === 0) throw new InputError(`${file}: there is no request in it`);
  if (unplaced > 0 && isWhole) reporting.warn(unplacedWords(file, unplaced));
}

const unplacedWords = (file: string, count: number): string =>
  count === 1
    ? `${file}: a response is left out, because its request isn't in the file or comes long before it`
    : `${file}: ${count} responses are left out, because their requests aren't in the file or come long before them`;
