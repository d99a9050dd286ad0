import type { DeliveryRequest } from '../../sender/attempt.js';
import { curlCommand } from '../../sender/formats/curl.js';
import type { Header } from '../../http/header.js';
import { httpMessage } from '../../sender/formats/http-message.js';
import type { Style } from '../../contract/command.js';
import { shownDocument } from '../views/shown-document.js';

export type PrintForm = 'http' | 'curl' | 'json';

/** A request that would have been sent. */
export interface PreparedReport {
  type: 'prepared';
  /** 1 for the first. */
  seq: number;
  form: PrintForm;
  method: string;
  url: string;
  headers: readonly Header[];
  bodyBase64: string;
  /** Flags that curl needs for the request. */
  curlFlags: string[];
}

export const preparedReport = (
  { method, url, headers, body }: DeliveryRequest,
  facts: Pick<PreparedReport, 'seq' | 'form' | 'curlFlags'>,
): PreparedReport => ({
  type: 'prepared',
  ...facts,
  method,
  url: url.href,
  headers,
  bodyBase64: Buffer.from(body).toString('base64'),
});

export function viewPrepared(
  { form, method, url, headers, bodyBase64, curlFlags }: PreparedReport,
  style: Style,
): Uint8Array {
  const body = Buffer.from(bodyBase64, 'base64');
  const request: DeliveryRequest = { method, url: new URL(url), headers, body };
  switch (form) {
    case 'curl':
      return Buffer.from(`${curlCommand(request, curlFlags)}\n`);
    case 'json':
      return Buffer.from(`${JSON.stringify({ method, url, headers, bodyBase64 })}\n`);
    case 'http':
      return shownDocument(httpMessage(request), style);
  }
}
