import { UsageError } from '../errors.js';

/**
 * What has to hold between the flags and arguments of a command. They are named as a person writes them: `--save`, `<file>`.
 * The first rule that is broken is reported.
 */
export type FlagRule =
  /** These two contradict each other. Without a message, it says that they were given together. */
  | { conflict: readonly [string, string]; message?: string; hint: string }
  /** `flag` means nothing without `needs`. */
  | { flag: string; needs: string; hint: string }
  /** One of these has to be there. */
  | { anyOf: readonly string[]; message: string; hint: string }
  /** Each of these may name standard input with `-`, and only one of them at a time. */
  | { stdin: readonly string[] };

/** Throws UsageError for the first rule that `options` break. `options` are by the names that the parser gives them. */
export function refuseBrokenRules(rules: readonly FlagRule[], options: Readonly<Record<string, unknown>>): void {
  const valueOf = (name: string): unknown => options[keyOf(name)];
  const isGiven = (name: string): boolean => isValue(valueOf(name));
  for (const rule of rules) {
    const broken = wordsFor(rule, { isGiven, valueOf });
    if (broken) throw new UsageError(broken.message, { hint: broken.hint });
  }
}

interface Given {
  isGiven: (name: string) => boolean;
  valueOf: (name: string) => unknown;
}

function wordsFor(rule: FlagRule, given: Given): { message: string; hint: string } | undefined {
  const { isGiven, valueOf } = given;
  if ('conflict' in rule) return conflictWords(rule, given);
  if ('needs' in rule) {
    const isBroken = isGiven(rule.flag) && !isGiven(rule.needs);
    return isBroken ? { message: `${shown(rule.flag)} needs ${shown(rule.needs)}`, hint: rule.hint } : undefined;
  }
  if ('anyOf' in rule) return rule.anyOf.some(isGiven) ? undefined : rule;
  const named = rule.stdin.flatMap(name => valueOf(name)).filter(value => value === '-');
  return named.length > 1 ? { message: 'standard input was named twice', hint: 'it can be read once' } : undefined;
}

function conflictWords(
  { conflict, message, hint }: Extract<FlagRule, { conflict: unknown }>,
  { isGiven, valueOf }: Given,
): { message: string; hint: string } | undefined {
  if (!conflict.every(isGiven)) return undefined;
  const together = `${conflict.map(name => shown(name, valueOf(name))).join(' and ')} were given together`;
  return { message: message ?? together, hint };
}

const isValue = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** `--secret-file` and `<file>`, as the parser names their values. */
const keyOf = (name: string): string =>
  name.replace(/^--|^<|>$/g, '').replace(/-[a-z]/g, letter => letter.slice(1).toUpperCase());

function shown(name: string, value?: unknown): string {
  if (!name.startsWith('<')) return name;
  const noun = name.slice(1, -1);
  return Array.isArray(value) && value.length > 1 ? `${noun}s` : `a ${noun}`;
}
