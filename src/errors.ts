interface Details {
  /** What to do about it, as an instruction. */
  hint?: string | undefined;
  /** The reasons of a failure with several causes, one message each. */
  parts?: readonly CommandError[] | undefined;
  cause?: unknown;
}

/** A failure that the user can act on; anything else that is thrown is a bug. */
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

/** Flags, environment or configuration are invalid. */
export class UsageError extends CommandError {
  readonly code = 'usage';
}

/** An invalid value; code that knows where it came from adds that with `namingSource`. */
export class InvalidValueError extends UsageError {}

/** An unknown name; the shell suggests the nearest known one. */
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

/** Input can't be read or is invalid. */
export class InputError extends CommandError {
  readonly code = 'input';
}

/** The other side couldn't be reached, or didn't finish. */
export class ConnectionError extends CommandError {
  readonly code = 'connection';
}

/** The user was asked and declined. */
export class DeclinedError extends CommandError {
  readonly code = 'declined';
}

/** A local error: a full disk, a port in use, no permission. */
export class LocalError extends CommandError {
  readonly code = 'local';
}

/** Runs `parse`, and adds the flag, variable or key of the bad value to its error. */
export function namingSource<T>(source: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof UnknownNameError) throw error.at(source);
    if (!(error instanceof InvalidValueError)) throw error;
    throw new UsageError(`${source}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

/** Codes for a lack of system resources, which say nothing about the file. */
export const shortageCode = /^(?:EMFILE|ENFILE|ENOBUFS|ENOMEM|EADDRINUSE|EADDRNOTAVAIL|EAI_MEMORY)$/;

/** Returns `error`, or a local error if the cause is a lack of system resources. */
export function localIfShort<E extends CommandError>(error: E, code = systemCode(error.cause)): E | LocalError {
  if (!shortageCode.test(code)) return error;
  return new LocalError(error.message, { hint: 'close other programs, or raise their limits', cause: error.cause });
}

/** Describes a system error, with its code: `no such file or folder (ENOENT)`. */
export function systemWords(error: unknown): string {
  const code = systemCode(error);
  const words = systemCodes[code];
  return words === undefined ? `the system says ${code}` : `${words} (${code})`;
}

const systemCodes: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EADDRINUSE: 'the address is in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EDQUOT: 'the disk quota is exceeded',
  EEXIST: 'a file is in the way',
  EISDIR: "it's a folder",
  ELOOP: "it's a link",
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open on this machine',
  ENOBUFS: 'the system has no buffers left',
  ENOENT: 'no such file or folder',
  ENOMEM: 'the system has no memory left',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  ENOTFOUND: 'no such host',
  EPERM: 'no permission',
  ERR_FS_EISDIR: "it's a folder",
  EROFS: 'the file system is read-only',
};

/** The system's code of an error, such as `ENOENT`; empty if it has none. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
