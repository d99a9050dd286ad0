import {
  groups,
  isDelivery,
  isEffect,
  levelOf,
  type Case,
  type EffectCase,
  type Group,
} from '../../src/conformance/case.js';
import { allCases } from '../../src/conformance/cases/index.js';
import { featureWords } from '../../src/conformance/words.js';
import { finCases } from './checking.js';

const headings: Record<Group, string> = {
  accepts: 'What a receiver has to accept',
  refuses: 'What it has to refuse',
  survives: 'What it has to survive',
  leaks: 'What it must not leak',
  effects: 'What it has to do once',
};

const introduction = `# What \`webhook-cli check\` asks of a receiver

Every case sends one or more requests, each on a connection of its own, and checks the status of every answer. A dropped
connection, a redirect or a missing answer counts neither as acceptance nor as refusal.

- **Required**: a failure fails the run.
- **Advised**: a failure is a warning, and fails the run with \`--strict\`.
- **Info**: the answer is reported, and nothing more.

A delivery without an answer fails the run, whatever the level of its case.

If the first case fails, no other case is run: a receiver that refuses a valid delivery would fail most of them, too.

Every event of a run has its own id. Its customer has the email address \`webhook-cli-check.SEED@example.com\`, where SEED
is the seed of the run: search your data for it to find what a run left there.

Answers don't show whether a duplicate did its work twice. \`--probe\` does: it is a command or a URL that shows the
application's state, and with it \`check\` runs the cases of the group \`effects\`, too. Each of them has customers of its own,
whose email addresses also begin with \`webhook-cli-check.SEED\`. The ids replace \`{customer}\` and \`{event}\` in the command or
URL; a command also gets them as the variables \`WEBHOOK_CUSTOMER_ID\` and \`WEBHOOK_EVENT_ID\`. A probe may show one customer or
a total, but no times and no row numbers.

\`check\` asks before and after the deliveries of a case, until two answers in a row are equal (at most \`--probe-settle\`, 2
seconds). The first of these cases, \`one-delivery\`, shows what *once* is. A later case has changed the state once if it led
to the same text for its own customer, or changed each number by as much. If \`one-delivery\` sees no change, the others aren't
run, and the run fails. If the probe fails, or its answers keep changing, the exit code is 65.

\`--restart\` adds \`crash-retry\`. Its command has to end the application, start it, and exit. Then \`check\` waits until the
receiver answers: 30 seconds, or as long as \`--wait\` says.

Under another scheme than Fin's (\`--scheme\`), the cases ask the definition of the scheme what it signs, and those that don't
apply aren't run: \`check --scheme <name> --list\` lists those that do. Bodies are the scheme's sample, each with a new id where the
scheme has one, and cases about Fin's events and statuses are left out. Success is what the scheme counts as success, and any 4xx
refuses a bad signature: 401 is what Fin asks for.

With \`--body <file>\`, the bytes of that file are the body of every delivery, under any scheme. Cases that make events of their own
are then left out, and so are cases that change JSON if the file has no JSON object. The others change what they have to, such as
one character after signing.

This page is generated from the cases, and a test compares the two.
`;

/** Returns docs/conformance.md as it should be. */
export const page = (): string =>
  [
    introduction,
    ...groups.flatMap(group => [
      `## ${headings[group]}\n`,
      ...allCases.filter(one => one.group === group).map(section),
    ]),
  ]
    .join('\n')
    .trimEnd() + '\n';

const section = (one: Case): string =>
  [
    `### \`${one.id}\``,
    '',
    ...applies(one),
    `- **Why**: ${text(one.why)}.`,
    `- **Sends**: ${text(one.sends)}.`,
    `- **Passes** (${levelOf(one)}): ${passing(one)}.`,
    `- **Fix**: ${text(one.remedy)}.`,
    '',
  ].join('\n');

/** Fin's own cases need no such line. */
function applies({ id, group, features = [] }: Case): string[] {
  if (group === 'effects' || finCases.some(one => one.id === id)) return [];
  // The first of several only says where to look.
  return [`- **Applies to**: ${features.map(feature => featureWords[feature]).at(-1) ?? ''}.`];
}

function passing(one: Case): string {
  if (isEffect(one)) return effect(one);
  if (!isDelivery(one)) return 'nothing of the kind is found';
  const { required, advised } = one;
  const sets = [
    ...(required ? [words(required.text)] : []),
    ...(advised ? [required ? `${words(advised.text)} is advised` : words(advised.text)] : []),
    ...(one.isTimed ? ['within `--max-time` (5 seconds)'] : []),
  ];
  return sets.length === 0 ? 'any answer' : sets.join('; ');
}

function effect({ state, needs }: EffectCase): string {
  const condition = needs === 'restart' ? ', with `--restart`' : '';
  return (
    { first: 'the state changes', once: 'the state changes once', stays: 'the state stays as it is' }[state] + condition
  );
}

const words = (statuses: string): string => statuses.replaceAll(',', ' or ');

/** `__proto__` would be bold. */
const text = (plain: string): string => plain.replaceAll(/__\w+__/g, name => `\`${name}\``);
