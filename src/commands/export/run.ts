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
import type { Ports, Style, Verdict } from '../../contract/command.js';
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

export async function run({ file, to, format }: ExportOptions, ports: Ports<ExportReport>): Promise<Verdict> {
  const { environment, reporting } = ports;
  const requests = await readAll(file, format, ports);
  const documents =
    to === 'har'
      ? [writeHar(requests, { version: environment.version, origin: origin.origin })]
      : messagesOf(requests, file, ports).map(message => forms[to](message));
  const share = to === 'har' ? requests.length : 1;
  for (const document of documents) {
    const documentBase64 = Buffer.from(document).toString('base64');
    await reporting.report({ type: 'export', form: to, requests: share, documentBase64 });
  }
  return 'positive';
}

export const view = ({ documentBase64 }: ExportReport, style: Style): Uint8Array =>
  shownDocument(Buffer.from(documentBase64, 'base64'), style);

/** The host of requests that name none. */
const origin = new URL('http://localhost/');

async function readAll(
  file: string,
  format: CaptureFormat | undefined,
  ports: Ports<ExportReport>,
): Promise<CapturedRequest[]> {
  const { reporting } = ports;
  const requests: CapturedRequest[] = [];
  for await (const entry of capturesIn(file, format, ports)) {
    if (entry.kind === 'request') requests.push(entry.request);
    else if (entry.kind === 'torn') reporting.warn(`${file}: a record was never finished, and is left out`);
    else reporting.fail(new InputError(`${file}: a record is corrupt, and is left out: ${entry.reason}`));
  }
  if (requests.length === 0) throw new InputError(`${file}: there is no request in it`);
  return requests;
}

const forms: Record<'http' | 'curl', (message: DeliveryRequest) => Uint8Array> = {
  http: httpMessage,
  curl: message => Buffer.from(`${curlCommand(message)}\n`),
};

/** Leaves out what HTTP has no place for: a file may hold anything, and it would be read as something else. */
function messagesOf(
  requests: readonly CapturedRequest[],
  file: string,
  { reporting }: Pick<Ports, 'reporting'>,
): DeliveryRequest[] {
  return requests.flatMap((request, index) => {
    const message = deliveryOf(request);
    if (isToken(message.method) && isRequestTarget(targetOf(message)) && message.headers.every(isSendable))
      return [message];
    const what = "its method, its target or one of its headers can't be in an HTTP request";
    reporting.fail(new InputError(`${file} ${index + 1}: ${what}, so it is left out`));
    return [];
  });
}

function deliveryOf({ method, target, headers, body }: CapturedRequest): DeliveryRequest {
  const [, host = ''] = headers.find(([name]) => name.toLowerCase() === 'host') ?? [];
  const base = /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : origin;
  const kept = headers.filter(([name]) => !isWrittenByClient(name) && name.toLowerCase() !== 'host');
  return { method, url: base, target: originForm(target), headers: kept, body };
}
