import { PassThrough } from 'node:stream';
import { parse, type Invocation } from '../../src/cli/argv/parse.js';
import { commands } from '../../src/commands/definitions.js';
import { topics } from '../../src/commands/topics.js';
import { CommandError, UnknownNameError } from '../../src/errors.js';

export interface Answer {
  /** Absent if the parser answered by itself, as with `--help`. */
  invocation: Invocation | undefined;
  stdout: string;
  stderr: string;
}

/** Parses a command line, and collects the parser's own output. */
export function answerTo(argv: readonly string[]): Answer {
  const stderr = new PassThrough();
  let stdout = '';
  const host = { stdout: new PassThrough(), stderr, version: '1.2.3' };
  const result = parse(argv, host, {
    commands: commands.filter(({ name }) => argv.includes(name)),
    topics,
    write: text => (stdout += text),
  });
  return { invocation: result === 'answered' ? undefined : result, stdout, stderr: String(stderr.read() ?? '') };
}

/** The result of a valid command line. */
export function parsed(argv: readonly string[]): Invocation {
  const { invocation } = answerTo(argv);
  if (!invocation) throw new Error('The parser answered itself.');
  return invocation;
}

/** The error of an invalid command line. */
export function failure(argv: readonly string[]): CommandError {
  try {
    answerTo(argv);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted.`);
}

/** Everything that a failure may show. */
export const shownOf = ({ message, hint = '' }: CommandError): string => `${message}\n${hint}`;

/** The known names, if one was unknown. */
export const namesIn = (error: CommandError): readonly string[] =>
  error instanceof UnknownNameError ? error.known : [];
