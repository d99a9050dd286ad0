import type { CapturedRequest } from '../../recording/captured-request.js';
import type { CaptureFormat } from '../../recording/formats.js';
import { writeHar } from '../../recording/har/writer.js';
import { curlCommand } from '../../sender/formats/curl.js';
import type { DeliveryRequest } from '../../sender/http-client.js';
import { httpMessage } from '../../sender/formats/http-message.js';
import { InputError } from '../../errors.js';
import { isSendable, isToken, isWrittenByClient } from '../../http/header.js';
import { isRequestTarget, originForm, targetOf } from '../../http/target.js';
import { capturesIn } from '../input/recordings.js';
import type { Context, Style, Verdict } from '../command.js';
import { shownDocument } from '../views/shown-document.js';

export interface ExportOptions {
  file: string;
  to: 'har' | 'http' | 'curl';
  format?: CaptureFormat;
}

/** A part of the exported document, or all of it. */
export interface ExportReport {
  type: 'export';
  form: ExportOptions['to'];
  /** Requests in this part. */
  requests: number;
  documentBase64: string;
}

export async function run({ file, to, format }: ExportOptions, context: Context<ExportReport>): Promise<Verdict> {
  const requests = await readAll(file, format, context);
  const documents =
    to === 'har'
      ? [writeHar(requests, { version: context.version, origin: origin.origin })]
      : messagesOf(requests, file, context).map(message => forms[to](message));
  const share = to === 'har' ? requests.length : 1;
  for (const document of documents) {
    const documentBase64 = Buffer.from(document).toString('base64');
    await context.report({ type: 'export', form: to, requests: share, documentBase64 });
  }
  return 'positive';
}

export const view = ({ documentBase64 }: ExportReport, style: Style): Uint8Array =>
  shownDocument(Buffer.from(documentBase64, 'base64'), style);

/** Where a request that names no host is taken to lead. */
const origin = new URL('http://localhost/');

async function readAll(
  file: string,
  format: CaptureFormat | undefined,
  context: Context<ExportReport>,
): Promise<CapturedRequest[]> {
  const requests: CapturedRequest[] = [];
  for await (const entry of capturesIn(file, format, context)) {
    if (entry.kind === 'request') requests.push(entry.request);
    else if (entry.kind === 'torn') context.warn(`${file}: a record was never finished, and is left out`);
    else context.fail(new InputError(`${file}: a record is corrupt, and is left out: ${entry.reason}`));
  }
  if (requests.length === 0) throw new InputError(`${file}: there is no request in it`);
  return requests;
}

const forms: Record<'http' | 'curl', (message: DeliveryRequest) => Uint8Array> = {
  http: httpMessage,
  curl: message => Buffer.from(`${curlCommand(message)}\n`),
};

/** A recording is a file like any other: what HTTP has no place for would say something else where it is read again. */
function messagesOf(
  requests: readonly CapturedRequest[],
  file: string,
  { fail }: Pick<Context, 'fail'>,
): DeliveryRequest[] {
  return requests.flatMap((request, index) => {
    const message = deliveryOf(request);
    if (isToken(message.method) && isRequestTarget(targetOf(message)) && message.headers.every(isSendable))
      return [message];
    const what = `its method, its target or a header of it can't stand in an HTTP request`;
    fail(new InputError(`${file} ${index + 1}: ${what}, so it is left out`));
    return [];
  });
}

function deliveryOf({ method, target, headers, body }: CapturedRequest): DeliveryRequest {
  const [, host = ''] = headers.find(([name]) => name.toLowerCase() === 'host') ?? [];
  const base = /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : origin;
  const kept = headers.filter(([name]) => !isWrittenByClient(name) && name.toLowerCase() !== 'host');
  return { method, url: base, target: originForm(target), headers: kept, body };
}
