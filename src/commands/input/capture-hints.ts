import { CaptureError, UnknownFormatError, type CaptureProblem } from '../../recording/capture-error.js';
import type { Look } from '../../recording/looks.js';
import type { InputError } from '../../errors.js';

/** Returns what to do about a file that can't be read. */
export function hintFor(error: InputError): string | undefined {
  if (error instanceof UnknownFormatError) return lookHints[error.look];
  return error instanceof CaptureError ? captureHints[error.problem] : error.hint;
}

const formats =
  'a recording comes from "listen --save", a raw request begins with a line like "POST /webhooks HTTP/1.1"';
const wholeMessage = 'a message is a request line, headers, an empty line and the body';
const bodyAlone =
  '"webhook-cli send <file>" sends a body; to check its signature, verify takes both with --body <file> --signature <hex>';
const unpack = 'unpack it first, and pass the files in it';

const captureHints: Readonly<Record<CaptureProblem, string | undefined>> = {
  'format-unknown': formats,
  'document-too-large': 'export fewer requests at a time',
  'not-json': 'the file may have been cut short',
  'wrong-shape': bodyAlone,
  'report-partial': 'run "listen --json --show headers,body", or record with --save',
  'curl-empty': 'save what "curl --trace <file>" writes',
  'message-too-large': 'in a recording, each line begins with {"v":1',
  'message-incomplete': wholeMessage,
  'message-malformed': undefined,
  'request-line-missing': 'put its request line on top, such as "POST / HTTP/1.1"',
  response: 'save the request that it belongs to',
};

const lookHints: Readonly<Record<Look, string>> = {
  gzip: 'decompress it first, as in "gunzip -c <file> | webhook-cli verify -"',
  compressed: unpack,
  'utf-16': 'save it as UTF-8; in PowerShell, with "| Out-File -Encoding utf8"',
  zip: unpack,
  pdf: formats,
  executable: formats,
  image: formats,
  'network-capture': 'in Wireshark, follow the HTTP stream of the request, and save the side of the client as raw data',
  html: 'it may be the page of a tool that shows requests: export them there, as HAR or JSON',
  xml: formats,
  payload: bodyAlone,
  payloads: `${bodyAlone}; "webhook-cli validate" checks them`,
  json: bodyAlone,
  'broken-json': '"webhook-cli validate <file>" shows where it is broken; if it was cut short, save it again',
  headers: 'put its request line on top, such as "POST / HTTP/1.1"',
  yaml: formats,
  csv: 'export the requests as JSON instead',
  binary: formats,
  text: formats,
};
