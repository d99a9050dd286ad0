import { UsageError } from '../../errors.js';
import { offerOf, type UnfinishedLine } from '../../contract/completion-values.js';
import { MissingValueError } from './mistakes.js';

/** Nobody reads a longer list. A command shows all values. */
const most = 20;

/**
 * Lists a flag's possible values if its value is missing and they are few. Returns other errors unchanged, and errors
 * whose hint already names the values.
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
