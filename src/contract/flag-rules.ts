import { UsageError } from '../errors.js';

/**
 * A rule between the flags and arguments of a command. They are named as users type them: `--save`,
 * `<file>`, or `--secret-from file` for a flag with one value. The first broken rule is reported. With `values`, a
 * rule applies only if the first flag has one of these values.
 */
export type FlagRule =
  /** These two contradict each other. The default message says that they were given together. */
  | { conflict: readonly [string, string]; message?: string; values?: readonly string[]; hint: string }
  /** `flag` means nothing without `needs`. */
  | { flag: string; values?: readonly string[]; needs: string; hint: string }
  /** `flag` contradicts any other value of the flag in `onlyWith`. */
  | { flag: string; onlyWith: `--${string} ${string}`; hint: string }
  /** One of these is required. */
  | { anyOf: readonly string[]; message: string; hint: string }
  /** Each of these may name standard input with `-`, and only one of them at a time. */
  | { stdin: readonly string[] };

/** Throws UsageError for the first rule that `options` break. The keys of `options` are the parser's names. */
export function refuseBrokenRules(rules: readonly FlagRule[], options: Readonly<Record<string, unknown>>): void {
  const valueOf = (name: string): unknown => options[keyOf(name)];
  const isGiven = (name: string): boolean => {
    const [flag = '', wanted] = name.split(' ');
    return wanted === undefined ? isValue(valueOf(flag)) : valueOf(flag) === wanted;
  };
  for (const rule of rules) {
    const broken = wordsFor(rule, { isGiven, valueOf });
    if (broken) throw new UsageError(broken.message, { hint: broken.hint });
  }
}

interface Words {
  message: string;
  hint: string;
}

interface Given {
  isGiven: (name: string) => boolean;
  valueOf: (name: string) => unknown;
}

function wordsFor(rule: FlagRule, given: Given): Words | undefined {
  if ('conflict' in rule) return conflictWords(rule, given);
  if ('needs' in rule) return needWords(rule, given);
  if ('onlyWith' in rule) return onlyWithWords(rule, given);
  if ('anyOf' in rule) return rule.anyOf.some(given.isGiven) ? undefined : rule;
  const named = rule.stdin.flatMap(name => given.valueOf(name)).filter(value => value === '-');
  return named.length > 1 ? { message: 'standard input was given twice', hint: 'it can be read only once' } : undefined;
}

function needWords(
  { flag, values, needs, hint }: Extract<FlagRule, { needs: unknown }>,
  { isGiven, valueOf }: Given,
): Words | undefined {
  const isBroken = isGiven(flag) && isAmong(values, valueOf(flag)) && !isGiven(needs);
  return isBroken ? { message: `${withValue(flag, values && valueOf(flag))} needs ${shown(needs)}`, hint } : undefined;
}

function conflictWords(
  { conflict: [one, other], values, message, hint }: Extract<FlagRule, { conflict: unknown }>,
  { isGiven, valueOf }: Given,
): Words | undefined {
  if (!isGiven(one) || !isGiven(other) || !isAmong(values, valueOf(one))) return undefined;
  const first = values ? withValue(one, valueOf(one)) : shown(one, valueOf(one));
  return { message: message ?? `${first} and ${shown(other, valueOf(other))} were given together`, hint };
}

function onlyWithWords(
  { flag, onlyWith, hint }: Extract<FlagRule, { onlyWith: unknown }>,
  { isGiven, valueOf }: Given,
): Words | undefined {
  const [other = ''] = onlyWith.split(' ');
  if (!isGiven(flag) || !isGiven(other) || isGiven(onlyWith)) return undefined;
  return { message: `${flag} and ${withValue(other, valueOf(other))} were given together`, hint };
}

const isAmong = (values: readonly unknown[] | undefined, value: unknown): boolean => values?.includes(value) ?? true;

const withValue = (flag: string, value: unknown): string =>
  typeof value === 'string' ? `${flag} ${value}` : shown(flag);

const isValue = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** The parser's name for the value of `--secret-file` or `<file>`. */
const keyOf = (name: string): string =>
  name.replace(/^--|^<|>$/g, '').replace(/-[a-z]/g, letter => letter.slice(1).toUpperCase());

function shown(name: string, value?: unknown): string {
  if (!name.startsWith('<')) return name;
  const noun = name.slice(1, -1);
  return Array.isArray(value) && value.length > 1 ? `${noun}s` : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
