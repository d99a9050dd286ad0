import { UsageError } from '../../errors.js';
import { offerOf, type UnfinishedLine } from '../../contract/completion-values.js';
import { MissingValueError } from './mistakes.js';

/** More would not be read. A command lists them. */
const most = 20;

/**
 * Lists the values that a flag may have, if its value is missing and they are few. Returns any other error as it is, and one
 * whose hint names them already.
 */
export async function withKnownValues(error: unknown, environment: Omit<UnfinishedLine, 'given'>): Promise<unknown> {
  if (!(error instanceof MissingValueError)) return error;
  const { message, hint = '', option, given } = error;
  const { candidates, isList } = offerOf(option?.parseArg);
  const known = typeof candidates === 'function' ? await candidates({ ...environment, given }) : (candidates ?? []);
  const names = known.map(({ name }) => name);
  if (names.length > most || names.every(name => hint.includes(name))) return error;
  return new UsageError(message, { hint: `${isList ? 'one or more' : 'one'} of ${names.join(', ')}`, cause: error });
}
