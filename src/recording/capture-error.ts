import { InputError } from '../errors.js';

/** What keeps a file from being read as a capture. */
export type CaptureProblem =
  | 'format-unknown'
  | 'har-too-large'
  | 'har-not-json'
  | 'har-incomplete'
  | 'message-too-large'
  | 'message-incomplete'
  | 'message-malformed'
  | 'request-line-missing'
  | 'response'
  | 'http-version';

/** A file that isn't a capture, or is a broken one. The message quotes nothing of it: requests may carry credentials. */
export class CaptureError extends InputError {
  readonly problem: CaptureProblem;

  constructor(problem: CaptureProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
