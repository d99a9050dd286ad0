import { ConnectionError, DeclinedError, InputError, LocalError, UsageError } from '../errors.js';

/** A contract with scripts: a code never changes its meaning. Codes above 64 follow sysexits.h. */
export const ExitCode = {
  Success: 0,
  /** The work was done, but a check, signature or expectation did not pass. */
  Negative: 1,
  Usage: 2,
  Input: 65,
  Connection: 69,
  Bug: 70,
  Local: 74,
  HungUp: 129,
  Interrupted: 130,
  Terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

const byGravity: readonly ExitCode[] = [
  ExitCode.Bug,
  ExitCode.Local,
  ExitCode.Interrupted,
  ExitCode.Terminated,
  ExitCode.HungUp,
  ExitCode.Usage,
  ExitCode.Connection,
  ExitCode.Input,
  ExitCode.Negative,
  ExitCode.Success,
];

/** The codes of one run, the most important first. */
export const gravest = (codes: readonly ExitCode[]): ExitCode =>
  byGravity.find(code => codes.includes(code)) ?? ExitCode.Success;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return ExitCode.Usage;
  if (error instanceof InputError) return ExitCode.Input;
  if (error instanceof ConnectionError) return ExitCode.Connection;
  if (error instanceof DeclinedError) return ExitCode.Interrupted;
  if (error instanceof LocalError) return ExitCode.Local;
  return ExitCode.Bug;
}
