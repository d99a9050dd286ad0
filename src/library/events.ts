import { UnknownNameError } from '../errors.js';
import {
  catalogue,
  eventNames,
  isEventName,
  statusNamed,
  type EventName as CatalogueName,
} from '../event/catalogue.js';
import { customerTypes, type CustomerType } from '../event/event.js';
import type { ProblemCode } from '../event/problem.js';
import { bytesOf, type BodyInput } from './body.js';
import { systemClock } from './clock.js';
import { anything, checkOptions, date, flag, oneOf, text, wholeNumber, type Checks } from './shape.js';

/** One of Fin's events. Written out, because the catalogue's types would pull those of zod into the package's. */
export type EventName =
  | 'customer.status'
  | 'customer.rfi'
  | 'beneficiary.status'
  | 'transaction.status'
  | 'batch.transaction.item.status'
  | 'virtual_account.created'
  | 'virtual_account.created.v2'
  | 'virtual_account.status.v2'
  | 'transit.payment.status';

/** Fails to compile when the catalogue has an event that isn't above. */
const names: readonly EventName[] = eventNames satisfies readonly CatalogueName[];

export interface GenerateOptions {
  /** A documented status of the event, in any letter case. Default: its first. Events without a status ignore it. */
  status?: string | undefined;
  /** Whether to allow an undocumented status. */
  allowUnknown?: boolean | undefined;
  /** A whole number. The same seed and time make the same bytes. Default: a random one. */
  seed?: number | undefined;
  /** When the event is created. Default: now. */
  now?: Date | undefined;
  /** Of the customer. Default: `INDIVIDUAL`. */
  type?: CustomerType | undefined;
  /** Default: made up. */
  customerId?: string | undefined;
}

const generateChecks: Checks<GenerateOptions> = {
  status: text,
  allowUnknown: flag,
  seed: wholeNumber,
  now: date,
  type: oneOf(customerTypes),
  customerId: text,
};

/** Makes the body of one of Fin's events about a fictional person, as compact JSON. Throws UnknownNameError. */
export async function generateEvent(event: EventName, options: GenerateOptions = {}): Promise<Buffer<ArrayBuffer>> {
  if (!isEventName(event)) throw unknownEvent(event);
  checkOptions(options, generateChecks);
  const { seed = Buffer.from(systemClock.randomBytes(4)).readUInt32BE(), now = systemClock.now(), type } = options;
  const status = statusOf(event, options);
  const { generateEvents } = await import('../event/maker.js');
  const [body = new Uint8Array()] = await generateEvents({
    event,
    statuses: [status],
    type: type ?? 'INDIVIDUAL',
    customerId: options.customerId,
    seed,
    now,
  });
  return Buffer.from(body);
}

const unknownEvent = (given: string): UnknownNameError =>
  new UnknownNameError('event', given, { known: names, hint: `known events: ${names.join(', ')}` });

function statusOf(event: EventName, { status, allowUnknown = false }: GenerateOptions): string {
  const { names } = catalogue[event].status;
  if (status === undefined) return names[0] ?? '';
  const known = statusNamed(event, status);
  if (known !== undefined || allowUnknown || names.length === 0) return known ?? status;
  throw new UnknownNameError('status', status, { known: names, hint: `documented: ${names.join(', ')}` });
}

/** A problem of a body. */
export interface ValidationProblem {
  /** An error makes a body invalid; a warning is worth a look. */
  level: 'error' | 'warning';
  code: ProblemCode;
  path: readonly PropertyKey[];
  /** The problem as a clause. It quotes values of the body only if they should be one of a few. */
  words: string;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
}

export interface ValidationResult {
  /** Whether there is no error. */
  isValid: boolean;
  /** In the order of the text; the first hundred, and what only the text shows. */
  problems: ValidationProblem[];
}

/**
 * Checks a body against the schema of one of Fin's events. `event` is the expected event; without it, the type in the
 * body decides. Throws UnknownNameError.
 */
export async function validate(body: BodyInput, options: { event?: EventName } = {}): Promise<ValidationResult> {
  checkOptions(options, { event: anything });
  const { event } = options;
  if (event !== undefined && !isEventName(event)) throw unknownEvent(event);
  const bytes = bytesOf(body);
  const [{ loadInspector }, { judgeBody }, { locate }, { problemWords }] = await Promise.all([
    import('../event/inspect.js'),
    import('../event/judge-body.js'),
    import('../event/locate.js'),
    import('../event/problem-words.js'),
  ]);
  const inspect = await loadInspector();
  const { problems, inspection, isJudgeable, isSuspicious } = judgeBody(inspect(bytes, event));
  const located = isSuspicious ? locate(bytes, { problems, text: inspection.text }) : [];
  return {
    isValid: isJudgeable && located.every(({ level }) => level !== 'error'),
    problems: located.map(problem => ({
      level: problem.level,
      code: problem.code,
      path: problem.path,
      words: problemWords(problem),
      line: problem.line,
      column: problem.column,
    })),
  };
}
