import { CaptureError, type CaptureProblem } from '../../recording/capture-error.js';
import type { InputError } from '../../errors.js';

/** Returns what to do about a file that can't be read. */
export const hintFor = (error: InputError): string | undefined =>
  error instanceof CaptureError ? captureHints[error.problem] : error.hint;

const formats =
  'a recording comes from "listen --save", a raw request begins with a line like "POST /webhooks HTTP/1.1"';
const wholeMessage = 'a message is a request line, headers, an empty line and the body';

const captureHints: Readonly<Record<CaptureProblem, string | undefined>> = {
  'format-unknown': formats,
  'har-too-large': 'export fewer requests at a time',
  'har-not-json': 'the file may have been cut short',
  'har-incomplete':
    'a body alone carries no signature: verify takes both with --body <file> --signature <hex>, and "webhook-cli send" sends it',
  'message-too-large': 'is it one? a recording has {"v":1 at the beginning of its lines',
  'message-incomplete': wholeMessage,
  'message-malformed': undefined,
  'request-line-missing': 'a request begins with a line like "POST /webhooks HTTP/1.1"',
  response: 'save the request that it answers',
  'http-version': 'it shows what was sent, but not as bytes; record it with "webhook-cli listen --save"',
};
