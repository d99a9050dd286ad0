import { published } from './published.js';

/** A body with a mistake, or something odd, in exactly one place. */
export interface Misprint {
  name: string;
  text: string;
  code: string;
  path: string;
  /** Both start at 1, as in an editor. */
  line: number;
  column: number;
}

const pretty = published('full_2026-01.pretty2.json').toString();
const compact = published('full_2026-01.compact.json').toString();

/** A row's text has ▶ where the problem is; it's removed before the text is checked. */
function misprint(name: string, marked: string, [code, path]: readonly [code: string, path: string]): Misprint {
  const [before = '', ...after] = marked.split('▶');
  const lines = before.split('\n');
  return {
    ...{ name: `${code} ${path}: ${name}`, text: before + after.join(''), code, path },
    ...{ line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 },
  };
}

/** The published body with another text as the value at `event.…` or `data.…`. */
const withValue = (path: string, value: string): string =>
  editedLine(path, line => line.replace(/: .*?(,?)$/, `: ${value}$1`));

const withKey = (path: string, key: string): string => editedLine(path, line => line.replace(/"\w+"/, key));

function editedLine(path: string, edit: (line: string) => string): string {
  const [section = '', key = ''] = path.split('.');
  const lines = pretty.split('\n');
  const start = lines.findIndex(line => line.startsWith(`  "${section}"`));
  const index = lines.findIndex((line, at) => at > start && line.startsWith(`    "${key}":`));
  return lines.with(index, edit(lines[index] ?? '')).join('\n');
}

/** A missing key is reported at the object that should contain it. */
function without(path: string): string {
  const [section = '', key = ''] = path.split('.');
  const document = JSON.parse(pretty) as Record<string, Record<string, unknown>>;
  Reflect.deleteProperty(document[section] ?? {}, key);
  return JSON.stringify(document, null, 2).replace(`"${section}": {`, `"${section}": ▶{`);
}

const required = [
  ...['event.id', 'event.event_reference_id', 'event.type', 'event.created_at'],
  ...['data.customer_id', 'data.customer_status', 'data.type'],
];

const optionalTexts = ['country_of_residence', 'email', 'first_name', 'last_name', 'phone', 'tos_policies_url'];

const wrongTypes: Misprint[] = [
  ...required.flatMap(path => ['42', 'null', '{}', '[1]', 'true'].map(value => [path, value] as const)),
  ...optionalTexts.flatMap(key => ['42', 'null'].map(value => [`data.${key}`, value] as const)),
  ...['"true"', 'null', '1'].map(value => ['event.sandbox_mode', value] as const),
  ...['created_at', 'updated_at', 'verification_type'].map(key => [`data.${key}`, 'null'] as const),
].map(([path, value]) => misprint(value, withValue(path, `▶${value}`), ['wrong-type', path]));

const wrongTexts: Misprint[] = [
  ...['event.id', 'event.event_reference_id', 'event.type', 'data.customer_id', 'data.customer_status'].map(
    path => ['empty', path, '""'] as const,
  ),
  ...['""', '"yesterday"', '"2026-01-18"', '"2026-01-18T09:08:18"', '"2026-02-41T09:08:18Z"'].map(
    value => ['wrong-format', 'event.created_at', value] as const,
  ),
  ...['created_at', 'updated_at'].map(key => ['wrong-format', `data.${key}`, '"0001-00-01T00:00:00Z"'] as const),
  ...['""', '"individual"', '"PERSON"'].map(value => ['wrong-value', 'data.type', value] as const),
  ...['"standard"', '"FULL"'].map(value => ['wrong-value', 'data.verification_type', value] as const),
  ['unknown-status', 'data.customer_status', '"MELTED"'] as const,
  ['other-reference', 'event.event_reference_id', '"someone-else"'] as const,
  ['upper-case-email', 'data.email', '"A@example.com"'] as const,
].map(([code, path, value]) => misprint(value, withValue(path, `▶${value}`), [code, path]));

const missing: Misprint[] = [
  ...required.map(path => misprint('left out', without(path), ['missing', path])),
  misprint('left out', '▶{"data":{"customer_id":"c","customer_status":"QUEUED","type":"BUSINESS"}}', [
    'missing',
    'event',
  ]),
  misprint(
    'left out',
    compact
      .replace('{', '▶{')
      .replace('"data":', '"date":')
      .replace(/,"date".*/, '}'),
    ['missing', 'data'],
  ),
];

const wholes: Misprint[] = ['null', '[]', '"text"', '42', 'true'].map(value =>
  misprint(value, `\n  ▶${value}\n`, ['wrong-type', '']),
);

const numbers = ['12345678901234567890', '0.1234567890123456789', '1e400', '9007199254740993', '-1e-400'];

/** An array of an optional key is the only place where Fin's documentation allows numbers. */
const parties = (text: string): string =>
  pretty.replace('"country_of_residence": "USA"', `"associated_parties": [{}, ${text}]`);

const odd: Misprint[] = [
  misprint('in event', withKey('event.sandbox_mode', '▶"sand_box"'), ['unknown-key', 'event.sand_box']),
  misprint('in data', withKey('data.phone', '▶"telephone"'), ['unknown-key', 'data.telephone']),
  misprint('at the top', pretty.replace('"data"', '▶"meta": {},\n  "data"'), ['unknown-key', 'meta']),
  misprint('in a list', parties('{"id": "x", ▶"role": 1}'), ['unknown-key', 'data.associated_parties.1.role']),
  misprint('__proto__', withKey('data.phone', '▶"__proto__"'), ['unknown-key', 'data.__proto__']),
  misprint('in event', pretty.replace('"event": {', '"event": {\n    "id": "x",').replace('"id": "29', '▶"id": "29'), [
    'duplicate-key',
    'event.id',
  ]),
  misprint(
    'an escaped spelling of it',
    withKey('data.phone', '▶"e\\u006dail"').replace('"last_name": ', '"last_name": '),
    ['duplicate-key', 'data.email'],
  ),
  misprint(
    'with other escapes about',
    pretty.replace('"first_name": "afroja"', '"first_name": "\\"\\u0022: ", ▶"first_name": "b"'),
    ['duplicate-key', 'data.first_name'],
  ),
  misprint('the first half', withValue('data.last_name', '▶"x\\ud83d"'), ['lone-surrogate', 'data.last_name']),
  misprint('the second half', withValue('data.last_name', '▶"\\uDE42\\ud83d\\ude42"'), [
    'lone-surrogate',
    'data.last_name',
  ]),
  misprint('in a key', withKey('data.phone', '▶"\\udfff"'), ['lone-surrogate', 'data.\udfff']),
  misprint('in a text', withValue('data.first_name', '▶"a\\u0000b"'), ['nul-character', 'data.first_name']),
  misprint('in a list', parties('{"id": "x", ▶"id": "y"}'), ['duplicate-key', 'data.associated_parties.1.id']),
  ...numbers.map(number =>
    misprint(number, parties(`{"ownership_percent":\t▶${number} }`), [
      'imprecise-number',
      'data.associated_parties.1.ownership_percent',
    ]),
  ),
  misprint('at the start', `▶\ufeff${pretty}`, ['byte-order-mark', '']),
];

const broken: Misprint[] = (
  [
    ['nothing', '▶'],
    ['a blank line', '  \n▶'],
    ['half of it', `${pretty.slice(0, 300)}▶`],
    ['a comma too many', '{"event": 1▶,}'],
    ['a comma too few', '{\n  "event": {}\n  ▶"data": {}\n}'],
    ['a colon too few', '{"event" ▶{}}'],
    ['single quotes', "{▶'event': 1}"],
    ['no quotes', '{\n\t▶event: 1}'],
    ['a comment', '{\n  ▶// hello\n}'],
    ['a control in a text', '{"event": "a▶\nb"}'],
    ['a bad escape', '{"event": "a\\▶x"}'],
    ['a leading zero', '{"event": 0▶1}'],
    ['a word', '{"event": ▶undefined}'],
    ['something after it', '{}\n▶}'],
    ['Windows line ends', '{\r\n  "event": 1▶,\r\n}'],
    ['emoji before it', '{"🙂👍🏽é": ▶,}'],
  ] as const
).map(([name, text]) => misprint(name, text, ['not-json', '']));

/** The same mistake in other layouts. */
const layouts: Misprint[] = (
  [
    ['compact', compact],
    ['Windows line ends', pretty.replaceAll('\n', '\r\n')],
    ['tabs', pretty.replaceAll('  ', '\t')],
    [
      'letters beyond the BMP',
      pretty.replace('"afroja"', '"🙂🙂"').replace(/,\n {4}"type": "IND/, ',    "type": "IND'),
    ],
    ['all on one line', pretty.replaceAll('\n', ' ')],
  ] as const
).map(([name, text]) => misprint(name, text.replace('"INDIVIDUAL"', '▶"NOBODY"'), ['wrong-value', 'data.type']));

export const misprints: readonly Misprint[] = [
  ...wrongTypes,
  ...wrongTexts,
  ...missing,
  ...wholes,
  ...odd,
  ...broken,
  ...layouts,
];
