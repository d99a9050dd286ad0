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

Every case sends one or more requests, each on its own connection, and checks the status of every response. A dropped
connection, a redirect or a missing response counts neither as acceptance nor as refusal.

- **Required**: a failure fails the run.
- **Advised**: a failure is a warning, and fails the run with \`--strict\`.
- **Info**: the response is only reported.

A delivery without a response fails the run, whatever the level of its case. If its connection was lost, \`check\` sends a GET without
a body to find out whether the receiver is still there.

If the first case fails, the others don't run: a receiver that refuses a valid delivery would fail most of them, too.

Every event of a run has its own id. Its customer has the email address \`webhook-cli-check.SEED@example.com\`, where SEED
is the seed of the run. Search your data for that address to find what a run left behind.

Responses don't show whether a duplicate did its work twice. \`--probe\` does: it's a command or a URL that shows the
application's state. With it, \`check\` also runs the cases of the group \`effects\`. Each of them has its own customers, whose
email addresses also begin with \`webhook-cli-check.SEED\`. The ids replace \`{customer}\` and \`{event}\` in the command or
URL; a command also gets them as the variables \`WEBHOOK_CUSTOMER_ID\` and \`WEBHOOK_EVENT_ID\`. A probe may show one customer or
a total, but no times or row numbers.

\`check\` runs the probe before and after the deliveries of a case, until two results in a row are equal (for at most
\`--probe-settle\`, 2 seconds). The first of these cases, \`one-delivery\`, establishes what *once* means. A later case changed
the state once if it led to the same text for its own customer, or changed each number by the same amount. If \`one-delivery\`
sees no change, the others don't run, and the run fails. If the probe fails, or its results keep changing, the exit code is 65.

\`--restart\` adds \`crash-retry\`. Its command must stop the application, start it again, and exit. Then \`check\` waits for the
receiver to respond, for 30 seconds or as long as \`--wait\` allows.

With a scheme other than Fin's (\`--scheme\`), the cases follow the definition of the scheme, and those that don't apply don't
run: \`check --scheme <name> --list\` lists those that do. Bodies are the scheme's sample, each with a new id if the scheme has
ids, and cases about Fin's events and statuses are left out. The scheme defines which statuses mean success. Any 4xx counts as
refusing a bad signature; only Fin asks for 401.

With \`--body <file>\`, every delivery has the bytes of that file as its body, with any scheme. Cases that make their own events
are left out, and so are cases that change JSON, unless the file has a JSON object. The others change only what they have to,
such as one character after signing.

This page is generated from the cases, and a test compares the two.
`;

/** Returns the expected contents of docs/conformance.md. */
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
  // The first of several only says where the signature is.
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
  return sets.length === 0 ? 'any response' : sets.join('; ');
}

function effect({ state, needs }: EffectCase): string {
  const condition = needs === 'restart' ? ', with `--restart`' : '';
  return (
    { first: 'the state changes', once: 'the state changes once', stays: 'the state stays as it is' }[state] + condition
  );
}

const words = (statuses: string): string => statuses.replaceAll(',', ' or ');

/** `__proto__` would become bold. */
const text = (plain: string): string => plain.replaceAll(/__\w+__/g, name => `\`${name}\``);
