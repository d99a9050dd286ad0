import { harEntry, harFrame } from '../../recording/har/writer.js';
import { curlCommand } from '../../sender/formats/curl.js';
import type { DeliveryRequest } from '../../sender/http-client.js';
import { httpMessage } from '../../sender/formats/http-message.js';
import { k6Frame, k6Request } from '../../sender/formats/k6.js';
import { vegetaTarget } from '../../sender/formats/vegeta.js';
import { wrkFrame, wrkRequest } from '../../sender/formats/wrk.js';
import { bare, type Frame } from '../../text/frame.js';
import type { BodyFormat, RequestFormat as AnyRequestFormat } from '../payload/formats.js';
import type { GeneratedEvent } from './events.js';

/** An output format of events. */
export interface Form {
  /** The extension of a file. */
  extension: string;
  text: (event: GeneratedEvent) => string;
  /** Text around a document with one event. */
  single: Frame;
  /** Text around a document with several events. */
  several: Frame;
  /** The files that hold all events with `--out`, instead of one for each. */
  load?: Load;
}

/** A load as several files in one folder. */
export interface Load {
  /** The file of the requests, one per line. */
  requests: string;
  /** The other files, made once the number of requests is known. */
  scripts: (count: number) => readonly Script[];
}

interface Script {
  name: string;
  text: string;
  /** The program that runs it, if it is the file to start. */
  program?: 'k6' | 'artillery';
}

// Bodies are made from text, so decoding is lossless.
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();

const array: Frame = { head: '[\n', separator: ',\n', tail: '\n]\n' };

export const bodyForms: Readonly<Record<BodyFormat, Form>> = {
  json: { extension: 'json', text: ({ body }) => textOf(body), single: bare, several: array },
  ndjson: { extension: 'ndjson', text: ({ body }) => `${textOf(body)}\n`, single: bare, several: bare },
};

/** The formats whose requests are written one by one. */
type RequestFormat = Exclude<AnyRequestFormat, 'artillery'>;

interface Requests {
  requestOf: (event: GeneratedEvent) => DeliveryRequest;
  /** The version of webhook-cli. */
  version: string;
}

export function requestForm(format: RequestFormat, { requestOf, version }: Requests): Form {
  const { extension, text, single, several } = requestForms[format](version);
  return { extension, text: event => text(requestOf(event), event), single, several };
}

interface RequestForm extends Omit<Form, 'text'> {
  text: (request: DeliveryRequest, event: GeneratedEvent) => string;
}

const always = (frame: Frame) => ({ single: frame, several: frame });

const requestForms: Readonly<Record<RequestFormat, (version: string) => RequestForm>> = {
  http: () => ({
    extension: 'http',
    text: request => textOf(httpMessage(request)),
    ...always(bare),
  }),
  curl: () => ({ extension: 'sh', text: request => `${curlCommand(request)}\n`, ...always(bare) }),
  har: version => ({ extension: 'har', text: harText, ...always(harFrame({ version })) }),
  vegeta: () => ({ extension: 'jsonl', text: request => `${vegetaTarget(request)}\n`, ...always(bare) }),
  wrk: () => ({ extension: 'lua', text: wrkRequest, ...always(wrkFrame) }),
  k6: () => ({ extension: 'js', text: k6Request, ...always(k6Frame) }),
};

const harText = ({ method, url, headers, body }: DeliveryRequest, { time }: GeneratedEvent): string =>
  harEntry(
    {
      method,
      target: url.pathname + url.search,
      headers,
      body,
      fidelity: 'exact',
      receivedAt: time.toISOString(),
      findings: [],
    },
    url,
  );
