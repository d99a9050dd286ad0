import { CommandError, UnknownNameError } from '../errors.js';
import type { Style } from '../text/style.js';
import { visible } from '../text/visible.js';
import { exitCodeOf, type ExitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { GlobalFlags } from './argv/global-flags.js';
import { suggestion } from './suggestion.js';
import { createStyle } from './terminal/style.js';

/** Writes a failure to standard error and returns its exit code. */
export function reportFailure(
  error: unknown,
  { stderr, env }: Pick<Host, 'stderr' | 'env'>,
  flags: GlobalFlags,
): ExitCode {
  const { code, parts, ...failure } = describe(error);
  if (flags.json) {
    const report = { type: 'error', code, ...failure, ...(parts.length > 0 && { parts }) };
    stderr.write(`${visible(JSON.stringify(report))}\n`);
  } else {
    const style = createStyle(stderr, env, flags.color);
    stderr.write(wordsOf(failure, `${style.bad('error:')} `, { style, indent: '' }));
    for (const part of parts) stderr.write(wordsOf(part, '', { style, indent: '  ' }));
  }
  if (flags.debug) stderr.write(`${trace(error)}\n`);
  return exitCodeOf(error);
}

export function reportWarning(
  message: string,
  { stderr, env }: Pick<Host, 'stderr' | 'env'>,
  flags: GlobalFlags,
): void {
  if (flags.json) stderr.write(`${visible(JSON.stringify({ type: 'warning', message }))}\n`);
  else if (!flags.quiet)
    stderr.write(`${createStyle(stderr, env, flags.color).warning('warning:')} ${visible(message)}\n`);
}

/** The message of a failure, or of one part of it. */
interface Failure {
  message: string;
  hint: string | undefined;
}

function wordsOf(
  { message, hint }: Failure,
  label: string,
  { style, indent }: { style: Style; indent: string },
): string {
  const advice = hint ? `${indent}${style.strong('hint:')} ${visible(hint)}\n` : '';
  return `${indent}${label}${visible(message)}\n${advice}`;
}

function describe(error: unknown): Failure & { code: string; parts: Failure[] } {
  if (error instanceof CommandError) return { code: error.code, ...factsOf(error), parts: error.parts.map(factsOf) };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'bug',
    message: `a bug in webhook-cli: ${message}`,
    parts: [],
    hint: 'run it again with --debug, and report the output',
  };
}

const factsOf = (error: CommandError): Failure => ({
  message: error.message,
  hint: error instanceof UnknownNameError ? (suggestion(error) ?? error.hint) : error.hint,
});

/** The stacks of an error and its causes, line by line so that each can be made safe. */
function trace(error: unknown): string {
  if (!(error instanceof Error)) return visible(String(error));
  const stack = (error.stack ?? error.message).split('\n').map(visible).join('\n');
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${trace(error.cause)}`;
}
