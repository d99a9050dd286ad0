import type { Command as Commander } from 'commander';
import type { Host } from '../host.js';
import { complete } from './complete.js';

/**
 * The scripts of `webhook-cli completion` call `complete -- <words>` at each Tab. Like them, the answer's format is public:
 * a line with the kind (`words`, `files` or `folders`), one with the part of the word to keep, and one
 * for each candidate, with a tab before its meaning. Errors are swallowed: they don't belong in a shell's prompt.
 */
export async function answerTab(words: readonly string[], program: Commander, host: Host): Promise<string> {
  try {
    const { kind, prefix, candidates } = await complete(words, program, host);
    if (!isPlain(prefix)) return nothing;
    const lines = candidates
      .filter(({ name }) => isPlain(name) && name !== '')
      .map(({ name, meaning }) => (meaning ? `${name}\t${meaning}` : name));
    return [kind, prefix, ...lines, ''].join('\n');
  } catch {
    return nothing;
  }
}

const nothing = 'words\n\n';

/** Whether it fits on a line and a terminal can show it: no control characters, nothing invisible, no lone surrogates. */
const isPlain = (text: string): boolean => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
