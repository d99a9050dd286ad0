interface Details {
  /** What to do about it, as an instruction. */
  hint?: string | undefined;
  /** Where one failure has several reasons: each of them, in words that stand for themselves. */
  parts?: readonly CommandError[] | undefined;
  cause?: unknown;
}

/** A failure that the person at the keyboard can act on; anything else that is thrown is a bug. */
export abstract class CommandError extends Error {
  /** Public: the `code` of a failure in `--json`. */
  abstract readonly code: string;
  readonly hint: string | undefined;
  readonly parts: readonly CommandError[];

  constructor(message: string, { hint, parts = [], cause }: Details = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.hint = hint;
    this.parts = parts;
  }
}

/** Flags, environment or configuration ask for something that makes no sense. */
export class UsageError extends CommandError {
  readonly code = 'usage';
}

/** A value that can't be what it should be; whoever knows where it came from adds that with `namingSource`. */
export class InvalidValueError extends UsageError {}

/** A name that isn't in a table; the shell looks for the nearest one. */
export class UnknownNameError extends UsageError {
  readonly kind: string;
  readonly given: string;
  readonly known: readonly string[];

  /** `place`: the flag, or the position in a file. */
  constructor(
    kind: string,
    given: string,
    { known, hint, place }: { known: readonly string[]; hint?: string | undefined; place?: string },
  ) {
    super(`${place === undefined ? '' : `${place}: `}unknown ${kind} "${given}"`, { hint });
    this.kind = kind;
    this.given = given;
    this.known = known;
  }

  at(place: string): UnknownNameError {
    return new UnknownNameError(this.kind, this.given, { known: this.known, hint: this.hint, place });
  }
}

/** What was given to read can't be read, or isn't what it should be. */
export class InputError extends CommandError {
  readonly code = 'input';
}

/** The other side couldn't be reached, or didn't finish. */
export class ConnectionError extends CommandError {
  readonly code = 'connection';
}

/** A local error: a full disk, a port in use, no permission. */
export class LocalError extends CommandError {
  readonly code = 'local';
}

/** Runs `parse`, and says in its error which flag, variable or key the bad value came from. */
export function namingSource<T>(source: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof UnknownNameError) throw error.at(source);
    if (!(error instanceof InvalidValueError)) throw error;
    throw new UsageError(`${source}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

/** What the system said, in words where people meet its code: `no such file or folder (ENOENT)`. */
export function systemWords(error: unknown): string {
  const code = systemCode(error);
  const words = systemCodes[code];
  return words === undefined ? `the system says ${code}` : `${words} (${code})`;
}

const systemCodes: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EADDRNOTAVAIL: 'this machine has no such address',
  EDQUOT: 'the quota of the disk is used up',
  EEXIST: 'a file is in the way',
  EISDIR: "it's a folder",
  ELOOP: "it's a link",
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ENOMEM: 'the memory is used up',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  ENOTFOUND: 'no such host',
  EPERM: 'no permission',
  ERR_FS_EISDIR: "it's a folder",
  EROFS: 'the file system is read-only',
};

/** The failure of a machine that has run out of something, which no other file would help; undefined for any other. */
export const shortageOf = (cause: unknown, message: string): LocalError | undefined =>
  /^(?:EMFILE|ENFILE|ENOMEM)$/.test(systemCode(cause))
    ? new LocalError(message, { cause, hint: 'close other programs, or raise the limit (ulimit -n)' })
    : undefined;

/** The system's code of an error, such as `ENOENT`; empty where it has none. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
