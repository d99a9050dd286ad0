import type { Command as Commander } from 'commander';
import type { Host } from '../host.js';
import { complete } from './complete.js';

/**
 * What the scripts of `webhook-cli completion` ask with each Tab: `complete -- <words>`. The answer is public as they are:
 * a line with the kind (`words`, `files` or `folders`), one with the beginning of the word that stays as it is, and one
 * for each candidate, with a tab before its meaning. Whatever goes wrong, nothing of it belongs into a shell's prompt.
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

/** Whether a line can hold it, and a terminal show it: no controls, nothing invisible, no lone surrogates. */
const isPlain = (text: string): boolean => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
