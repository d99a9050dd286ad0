import { InputError } from '../errors.js';
import { nameOf, type Look } from './looks.js';

/** Why a file can't be read as a capture. */
export type CaptureProblem =
  | 'format-unknown'
  | 'document-too-large'
  | 'not-json'
  | 'wrong-shape'
  | 'report-partial'
  | 'curl-empty'
  | 'message-too-large'
  | 'message-incomplete'
  | 'message-malformed'
  | 'request-line-missing'
  | 'response';

/** A file that isn't a valid capture. The message never quotes it: requests may carry credentials. */
export class CaptureError extends InputError {
  readonly problem: CaptureProblem;

  constructor(problem: CaptureProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** A file of another kind. */
export class UnknownFormatError extends CaptureError {
  readonly look: Look;

  constructor(look: Look) {
    const what = look === 'text' ? "this isn't" : `this is ${nameOf(look)}, not`;
    super('format-unknown', `${what} a recording, a HAR file or a raw HTTP request`);
    this.look = look;
  }
}
