import { groups, isObservation, levelOf, type Case, type Group } from '../../src/conformance/case.js';
import { cases } from '../../src/conformance/cases/index.js';

const headings: Record<Group, string> = {
  accepts: 'What a receiver has to accept',
  refuses: 'What it has to refuse',
  survives: 'What it has to survive',
  leaks: 'What it must not tell',
};

const introduction = `# What \`webhook-cli check\` asks of a receiver

Every case sends one or more requests, each on a connection of its own, and judges the status of every answer. A dropped
connection, a redirect or no answer in time is never a refusal and never an answer. **Required**: a failure fails the run.
**Advised**: a failure is a warning, and fails the run with \`--strict\`. **Info**: it is told, and nothing more.

The first case decides: as long as a valid delivery isn't accepted, no other is sent. Every event of a run has an id of its
own, and its customer an address that begins with \`webhook-cli-check.\`, followed by the seed of the run and
\`@example.com\`: by that you find what a run left in your data.

Side effects can't be seen from outside: that a duplicate changes nothing is yours to test.

This page is made from the cases themselves; a test compares the two.
`;

/** The page on the suite, as it should be. */
export const page = (): string =>
  [
    introduction,
    ...groups.flatMap(group => [`## ${headings[group]}\n`, ...cases.filter(one => one.group === group).map(section)]),
  ]
    .join('\n')
    .trimEnd() + '\n';

const section = (one: Case): string =>
  [
    `### \`${one.id}\``,
    '',
    `- **Why**: ${text(one.why)}.`,
    `- **Sends**: ${text(one.sends)}.`,
    `- **Passes** (${levelOf(one)}): ${passing(one)}.`,
    `- **Mend**: ${text(one.remedy)}.`,
    '',
  ].join('\n');

function passing(one: Case): string {
  if (isObservation(one)) return 'nothing of the kind is found';
  const { required, advised } = one;
  const sets = [
    ...(required ? [words(required.text)] : []),
    ...(advised ? [required ? `${words(advised.text)} is advised` : words(advised.text)] : []),
    ...(one.isTimed ? ['within `--max-time` (5 seconds)'] : []),
  ];
  return sets.length === 0 ? 'any answer' : sets.join('; ');
}

const words = (statuses: string): string => statuses.replaceAll(',', ' or ');

/** `__proto__` would be bold. */
const text = (plain: string): string => plain.replaceAll(/__\w+__/g, name => `\`${name}\``);
