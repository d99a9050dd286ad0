import type { ExpressionSearch, SearchFailure } from '../threads/expression.js';

/** A pattern that the body of a response must match. */
export interface BodyPattern {
  /** As written. */
  text: string;
  /** Whether a body matches, or why that is unknown. */
  search: (body: string) => boolean | Promise<boolean | SearchFailure>;
  /** Ends the search thread, if there is one. */
  close: () => Promise<void>;
}

/** Milliseconds. An honest search takes less than a hundredth of it. */
export const searchDeadline = 1000;

/** How many responses may reach the deadline. */
const mostSlow = 3;

/** `/…/flags` is a regular expression, and anything else a text that the body must contain. Undefined: it doesn't compile. */
export function bodyPattern(text: string): BodyPattern | undefined {
  const [, source, flags] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text) ?? [];
  if (source === undefined) return atOnce(text, body => body.includes(text));
  const expression = compiled(source, flags);
  if (!expression) return undefined;
  return isQuick(source) ? atOnce(text, body => expression.test(body)) : inThread(text, expression);
}

function compiled(source: string, flags: string | undefined): RegExp | undefined {
  try {
    const expression = new RegExp(source, flags);
    // With these two, the result would depend on earlier ones.
    return expression.global || expression.sticky ? undefined : expression;
  } catch {
    return undefined;
  }
}

const atOnce = (text: string, search: (body: string) => boolean): BodyPattern => ({
  text,
  search,
  close: () => Promise.resolve(),
});

function inThread(text: string, expression: RegExp): BodyPattern {
  let searching: Promise<ExpressionSearch> | undefined;
  const start = async () => {
    const { createExpressionSearch } = await import('../threads/expression.js');
    return createExpressionSearch(expression, { deadline: searchDeadline, mostSlow });
  };
  return {
    text,
    search: async body => (await (searching ??= start())).search(body),
    close: async () => {
      await (await searching)?.end();
      searching = undefined;
    },
  };
}

/** The maximum number of choices, since each may double the time. */
const fewChoices = 4;

/** Whether an expression takes linear time: it has no repetition and few choices. */
function isQuick(source: string): boolean {
  const plain = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  const choices = plain.match(/[?|]/g)?.length ?? 0;
  return !/[*+{]/.test(plain) && choices <= fewChoices;
}
