import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/cli.js';

const page = readFileSync(path.join(root, 'docs/receivers.md'), 'utf8');

export interface Receiver {
  /** As in the table on the page. */
  check: string;
  /** What happens to a body that is larger than necessary. */
  large: string;
  /** Texts by the name in their first comment: the language's and the framework's. */
  files: Readonly<Record<string, string>>;
  /** Cases that its mistake fails; there may be others. */
  fails: readonly string[];
}

/** The text below each heading of a level, up to the next one. */
const sectionsOf = (text: string, level: '##' | '###'): [name: string, body: string][] =>
  text
    .split(new RegExp(`^${level} `, 'm'))
    .slice(1)
    .map(section => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n'))]);

const filesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^```\w+\n((?:<\?php\n)?(?:\/\/|#) (\S+)\n[^]*?)^```$/gm)].map(([, content = '', name = '']) => [
      name,
      content,
    ]),
  );

const failsIn = (text: string): string[] => {
  const [, list = ''] = /\*\*The mistake\*\*: [^]*?`check`\s+then\s+fails\s+([^.]+)\./.exec(text) ?? [];
  return [...list.matchAll(/`([\w-]+)`/g)].map(([, id = '']) => id);
};

export const rows = [...page.matchAll(/^\| \[(.+)\]\(#.+\) \| (.+) \| (.+) \|$/gm)].map(
  ([, name = '', check = '', large = '']) => ({ name, check, large }),
);

const sections = sectionsOf(page, '##').flatMap(([, language]) => {
  const common = filesIn(language.slice(0, language.indexOf('\n### ')));
  return sectionsOf(language, '###').map(([name, text]) => ({
    name,
    files: { ...common, ...filesIn(text) },
    fails: failsIn(text),
  }));
});

export const names = sections.map(({ name }) => name);

export function receiverOf(name: string): Receiver {
  const [section] = sections.filter(one => one.name === name);
  const [row] = rows.filter(one => one.name === name);
  if (!section || !row) throw new Error(`docs/receivers.md has no ${name}`);
  return { ...row, ...section };
}
