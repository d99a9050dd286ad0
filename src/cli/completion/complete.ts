import type { Argument, Command as Commander, Option } from 'commander';
import { topicEntries } from '../../commands/index.js';
import { offerOf, type Candidate, type UnfinishedLine } from '../../contract/completion-values.js';
import {
  awaiting,
  flagAt,
  nextArgument,
  optionsOf,
  readLine,
  subcommandsOf,
  takesValue,
  type Line,
} from '../argv/line.js';

/** The completions at the cursor. */
export interface Completion {
  kind: 'words' | 'files' | 'folders';
  /** The part of the current word to keep. */
  prefix: string;
  /** The candidates, for words only. */
  candidates: readonly Candidate[];
}

/** `words`: everything after the program's name; the last is being typed and may be empty. */
export async function complete(
  words: readonly string[],
  program: Commander,
  environment: Omit<UnfinishedLine, 'given'>,
): Promise<Completion> {
  const line = readLine(words.slice(0, -1), program);
  const word = words.at(-1) ?? '';
  const value = valueAt(word, line);
  if (value) return valuesFor(value, { ...environment, given: line.given });
  const names = isFlag(word, line) ? flags(line, word) : (commands(line, program) ?? flags(line, '--'));
  return { kind: 'words', prefix: '', candidates: names.filter(({ name }) => name.startsWith(word)) };
}

const isFlag = (word: string, { isVerbatim }: Line): boolean => !isVerbatim && word.startsWith('-');

/** A value being typed. */
interface Value {
  parameter: Option | Argument;
  word: string;
  /** The text before it in the same word. */
  prefix: string;
}

/** Undefined if the word is the name of a command or a flag. */
function valueAt(word: string, line: Line): Value | undefined {
  const waiting = awaiting(line, word);
  if (waiting) return { parameter: waiting, word, prefix: '' };
  if (!isFlag(word, line)) {
    const parameter = line.command?.name() === 'help' ? undefined : nextArgument(line);
    return parameter && { parameter, word, prefix: '' };
  }
  const { option, value } = flagAt(word, line.command) ?? {};
  if (!option || value === undefined || !takesValue(option)) return undefined;
  return { parameter: option, word: value, prefix: word.slice(0, word.length - value.length) };
}

/** Undefined if the word isn't a command. */
function commands({ command, args }: Line, program: Commander): Candidate[] | undefined {
  if (command !== program && command?.name() !== 'help') return undefined;
  if (args.length > 0) return [];
  const names = subcommandsOf(program).map(one => ({ name: one.name(), meaning: one.description() }));
  return command === program
    ? names
    : [...names, ...topicEntries.map(({ name, summary }) => ({ name, meaning: summary }))];
}

/** The flags that still make sense, in their long form after two dashes. */
const flags = ({ command, flags: given, isVerbatim }: Line, word: string): Candidate[] =>
  optionsOf(isVerbatim ? undefined : command)
    .filter(option => !given.has(option.attributeName()) || offerOf(option.parseArg).isRepeatable)
    .flatMap(({ short, long, description }) =>
      [word.startsWith('--') ? undefined : short, long]
        .filter(name => name !== undefined)
        .map(name => ({ name, meaning: description })),
    );

async function valuesFor({ parameter, word, prefix }: Value, line: UnfinishedLine): Promise<Completion> {
  const offer = offerOf(parameter.parseArg);
  const [form = '', ...file] = word.split('=');
  if (offer.hasFile && file.length > 0) return { kind: 'files', prefix: `${prefix}${form}=`, candidates: [] };
  const { candidates } = offer;
  if (!candidates) return { kind: offer.isFile ? 'files' : kindOf(parameter), prefix, candidates: [] };
  const all = typeof candidates === 'function' ? await candidates(line) : candidates;
  const before = offer.isList ? word.slice(0, word.lastIndexOf(',') + 1) : '';
  return { kind: 'words', prefix: prefix + before, candidates: matching(all, before, word.slice(before.length)) };
}

/** Matches values in upper or lower case. */
function matching(candidates: readonly Candidate[], before: string, word: string): Candidate[] {
  const taken = before.toLowerCase().split(',');
  return candidates.filter(({ name }) => {
    const lower = name.toLowerCase();
    return lower.startsWith(word.toLowerCase()) && !taken.includes(lower);
  });
}

/** Decided by the placeholder. */
function kindOf(parameter: Option | Argument): Completion['kind'] {
  const placeholder = 'flags' in parameter ? /<([^>]+)>/.exec(parameter.flags)?.[1] : parameter.name();
  if (placeholder === 'file') return 'files';
  return placeholder === 'folder' ? 'folders' : 'words';
}
