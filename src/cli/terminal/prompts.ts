import { checkbox, confirm, input, password, select } from '@inquirer/prompts';
import type { Ask, SelectQuestion } from '../../ports.js';
import type { Style } from '../../text/style.js';
import { line } from '../../text/line.js';
import type { Asking } from './asking.js';
import { createStyle } from './style.js';
import { visible } from '../../text/visible.js';

/** The options of each kind of question; see the documentation of @inquirer/prompts. */
interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  signal: AbortSignal;
}

type Prompt<Config, Answer> = (config: Config, terminal: Terminal) => Promise<Answer>;

export function createPrompts({ host, flags, signal, interrupt }: Asking): Ask {
  const style = createStyle(host.stderr, host.env, flags.color);
  const theme = themeOf(style);
  const put = async <Config, Answer>(prompt: Prompt<Config, Answer>, config: Config): Promise<Answer> => {
    const escape = new AbortController();
    const heed = (_: unknown, key: { name?: string } | undefined) => {
      if (key?.name === 'escape') escape.abort();
    };
    host.stdin.on('keypress', heed);
    try {
      const stop = AbortSignal.any([signal, escape.signal]);
      return await prompt(config, { input: host.stdin, output: host.stderr, signal: stop });
    } catch (error) {
      if (!(error instanceof Error && cancellations.has(error.name))) throw error;
      if (!signal.aborted) interrupt();
      throw signal.reason;
    } finally {
      host.stdin.off('keypress', heed);
    }
  };

  return {
    select: question => put(select, { theme, ...shown(question, style), loop: false, pageSize: 12 }),
    pick: question =>
      put(checkbox, {
        theme,
        ...shown(question, style),
        loop: false,
        pageSize: 12,
        required: true,
        choices: shown(question, style).choices.map(choice => ({ ...choice, checked: true })),
      }),
    input: ({ message, default: usual, problem }) =>
      put(input, {
        theme,
        message: visible(message),
        ...(usual !== undefined && { default: usual }),
        validate: text => visibleOr(problem?.(text), true),
      }),
    secret: ({ message }) => put(password, { theme, message: visible(message), mask: '*' }),
    confirm: ({ message, default: usual }) => put(confirm, { theme, message: visible(message), default: usual }),
  };
}

/** The library would use its own colours despite --no-color. */
function themeOf({ strong: bold, bad: red, faint: dim, good, marks }: Style) {
  // It passes extra arguments, which chalk would append to the text.
  const [strong, bad, faint] = [alone(bold), alone(red), alone(dim)];
  return {
    prefix: { idle: bold('?'), done: good(marks.good) },
    icon: { cursor: '>', checked: good(` ${marks.good}`), unchecked: ` ${marks.none}` },
    style: {
      answer: strong,
      message: strong,
      error: bad,
      help: faint,
      highlight: strong,
      key: faint,
      disabled: faint,
      description: faint,
      defaultAnswer: (text: string) => dim(`(${text})`),
      keysHelpTip: (keys: [string, string][]) => dim(keys.map(([key, does]) => `${key} ${does}`).join(', ')),
      renderSelectedChoices: (chosen: readonly unknown[]) => bold(`${chosen.length} chosen`),
    },
  };
}

const alone = (paint: (text: string) => string) => (text: string) => paint(text);

/** The errors for Ctrl-C, and for a signal or Esc. */
const cancellations = new Set(['ExitPromptError', 'AbortPromptError']);

/** Columns before the text of a choice. */
const beforeChoice = 4;

/** Choices may hold foreign text. One that exceeds its line is cut, so that it can't look like another choice. */
const shown = <Value>({ message, choices }: SelectQuestion<Value>, style: Style) => {
  const fitted = (text: string) =>
    line([{ text, yields: { order: 1, least: 1 } }], { ...style, columns: style.columns - beforeChoice });
  return {
    message: visible(message),
    choices: choices.map(({ value, name, short = name }) => ({
      value,
      name: fitted(visible(name)),
      short: visible(short),
    })),
  };
};

const visibleOr = (problem: string | undefined, fine: true): string | true =>
  problem === undefined ? fine : visible(problem);
