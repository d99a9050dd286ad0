import { algorithmFindings } from '../../src/scheme/explain/algorithm.js';
import { partOnly } from '../../src/scheme/explain/body/bodies.js';
import { plainHypotheses } from '../../src/scheme/explain/body/plain.js';
import { representations } from '../../src/scheme/explain/body/representations.js';
import { transportHypotheses } from '../../src/scheme/explain/body/transport.js';
import { compositionsOf } from '../../src/scheme/explain/content/compositions.js';
import { otherUrls } from '../../src/scheme/explain/content/values.js';
import type { Mistake } from '../../src/scheme/explain/hypothesis.js';
import { serialisers } from '../../src/scheme/explain/json/serialisers.js';
import { secretItself, shapes } from '../../src/scheme/explain/no-digest.js';
import { rawBytesIn, type Stack } from '../../src/scheme/explain/remedies.js';
import { secretHypotheses } from '../../src/scheme/explain/secret/all.js';
import { encodedSecretHypotheses } from '../../src/scheme/explain/secret/encoded.js';
import { hmacForEd25519 } from '../../src/scheme/explain/secret/keys.js';
import { anotherSecret } from '../../src/scheme/explain/sought.js';
import { around, base64OfHex, odd, shortened } from '../../src/scheme/explain/spelling.js';
import { timestampFindings } from '../../src/scheme/explain/timestamps.js';
import { uses } from '../../src/scheme/explain/use.js';
import type { Scheme } from '../../src/scheme/scheme.js';
import { schemes } from '../../src/scheme/schemes.js';

const introduction = `# A signature doesn't match

Save the body exactly as your receiver got it, before any parser, and pass it to \`verify\` with the signature header that came
with it. Using your receiver's secret, \`verify\` tries the usual mistakes and reports the one that reproduces the signature
exactly. Here, something has appended a newline:

\`\`\`console
$ webhook-cli fixtures approved > body.json
$ webhook-cli sign body.json --only x-fin-signature --quiet > signature.txt
$ echo >> body.json
$ webhook-cli verify --body body.json --signature "$(cat signature.txt)" --quiet
1   customer.status  APPROVED  6b042125  ✘ signature-mismatch
    why: the signature matches the body without its final newline
    fix: sign and send the same bytes, before a newline is appended; in a file, remove the newline that an editor added
✘ 1 read, 0 skipped: 0 valid, 1 invalid, 0 unchecked
$ echo $?
1
\`\`\`

\`verify\` also finds one mistake with the body combined with one with the secret. \`listen\`, the page of \`listen --web\` and
\`inspect\` report the same causes. With \`--json\`, each cause has an \`id\`, which the tables below list, too.

If nothing is found, check the secret first: usually, the two sides have different ones. \`webhook-cli secret\` shows where the one in
use comes from, and how long it is. Then check whether something changed the body.

The tables are generated from the search's own, and a test compares them.
`;

/** The first with each id. */
const distinct = (mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.filter(({ id }, index) => mistakes.findIndex(other => other.id === id) === index);

const stacks: Readonly<Record<Stack, string>> = {
  node: 'JavaScript',
  python: 'Python',
  php: 'PHP',
  ruby: 'Ruby',
  go: 'Go',
  java: 'Java',
  dotnet: '.NET',
  database: 'A database',
};

const namesIn = (stack: Stack): string =>
  [...new Set(serialisers.filter(each => each.stack === stack).map(({ name }) => name))].join('; ');

const message = {
  method: 'POST',
  url: new URL('https://example.com/hook'),
  headers: [
    ['x-request-id', 'request_1'],
    ['x-timestamp', '1769851799'],
  ] as [string, string][],
  body: Buffer.from('{"id":"evt_1"}'),
};

/** The mistakes about signed content that each of these schemes shows. */
const signing: readonly [Scheme, timestamp: string][] = [
  [schemes['standard-webhooks'], '1769851800'],
  [schemes.slack, '1769851800'],
  [schemes.stripe, '1769851800'],
  [schemes.sanity, '1769851800123'],
];

const content = (): Mistake[] =>
  signing.flatMap(([scheme, timestamp]) => {
    const { usual, others } = compositionsOf(scheme, message, { timestamp, id: 'msg_1' });
    return [...usual(), ...others()].flatMap(({ findings }) => findings.map(general));
  });

/** Without the parts that belong to the scheme. */
const general = ({ id, words, remedy }: Mistake): Mistake => ({
  ...{ id, words },
  remedy: remedy
    .replace(/^sign exactly \S+, with/, 'sign exactly what the scheme signs, with')
    .replace(/(?<=that is in )(?:the entry \w+ of )?[\w-]+/, 'its header'),
});

const urls = (): Mistake[] =>
  [...otherUrls({ scheme: schemes.fin, message, values: { timestamp: '', id: '' } })].map(({ mistake }) => mistake);

const sentTimestamps = ['1769851800000', '2026-01-31T09:30:00Z', '1769851800.5', '1769851800123456', '1769851800'];

const timestamps = (): Mistake[] =>
  sentTimestamps.flatMap(timestamp =>
    [schemes.stripe, schemes.sanity].flatMap(scheme =>
      timestampFindings(
        { signatures: [], ed25519: [], isInForm: true, algorithm: undefined, id: '', timestamp },
        scheme,
      ),
    ),
  );

const spelling = [...odd, base64OfHex, ...shortened].map(({ id, words }) => ({
  ...{ id, words },
  remedy: "spell the signature as its scheme does: Fin's is in lower-case hexadecimal",
}));

const tables: readonly [heading: string, lead: string, mistakes: () => Mistake[]][] = [
  ['The body', 'Something changed the body between signing and verifying it.', () => [...plainHypotheses, ...transportHypotheses, ...representations, partOnly('event'), partOnly('data')]], // prettier-ignore
  ['The secret', 'One side used another secret, or read the same one differently.', () => [anotherSecret, ...secretHypotheses]], // prettier-ignore
  ['A secret that has to be decoded', 'Schemes such as `standard-webhooks` and `svix` have secrets in base64.', () => [...encodedSecretHypotheses('whsec')]], // prettier-ignore
  ['What is hashed, and how', 'The right secret and the right body, used in the wrong way.', () => [...uses, hmacForEd25519, ...['md5', 'sha1', 'sha512'].flatMap(name => algorithmFindings(name as 'md5', 'sha256', schemes.fin))]], // prettier-ignore
  ['What is signed besides the body', 'Some schemes also sign a timestamp, an id or a URL.', () => [...content(), ...urls(), ...timestamps()]], // prettier-ignore
  ['How the signature is written', 'The right digest, in another form.', () => [...shapes, secretItself, ...spelling, ...around.map(each => ({ remedy: 'send the digits alone', ...each }))]], // prettier-ignore
];

/** Returns the expected contents of docs/troubleshooting.md. */
export const page = (): string =>
  [
    introduction,
    '## Re-serialised JSON\n',
    'The receiver parsed the body, re-serialised it, and verified the result. `verify` names the layout (compact, indented, with spaces),',
    'the order of keys, and the escapes, and it names the serialiser if only one writes like that.\n',
    table(
      ['stack', 'what it recognises', 'fix'],
      (Object.keys(stacks) as Stack[]).map(stack => [stacks[stack], namesIn(stack), rawBytesIn[stack]]),
    ),
    ...tables.flatMap(([heading, lead, mistakes]) => [
      `\n## ${heading}\n\n${lead}\n`,
      table(
        ['id', 'why', 'fix'],
        distinct(mistakes()).map(({ id, words, remedy }) => [`\`${id}\``, words, remedy]),
        { isFirstCode: true },
      ),
    ]),
    '',
  ].join('\n');

const table = (head: string[], rows: string[][], { isFirstCode = false } = {}): string =>
  [
    head,
    head.map(() => '---'),
    ...rows.map(row => row.map((cell, at) => (isFirstCode && at === 0 ? cell : plain(cell)))),
  ]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Characters that Markdown would treat as markup. */
const plain = (text: string): string => text.replaceAll(/[\\|*_<[\]`]/g, mark => `\\${mark}`);
