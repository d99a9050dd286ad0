import { expect, test } from 'vitest';
import { flawIn } from '../../src/json/flaw.js';

/** A text has ▶ at the position of its flaw. */
test.each([
  ['{"a": 1, ▶// note\n"b": 2}', "comments aren't allowed"],
  ['{"a": 1} ▶/* note */', "comments aren't allowed"],
  ['▶# note\n{"a": 1}', "comments aren't allowed"],
  ["{▶'a': 1}", 'keys and strings take straight double quotes'],
  [`{"a": ▶'it"s'}`, 'keys and strings take straight double quotes'],
  ['{▶“a”: 1}', 'keys and strings take straight double quotes'],
  ['{"a": ▶NaN}', "NaN isn't a value in JSON: write null"],
  ['[1, ▶-Infinity]', "Infinity isn't a value in JSON: write null"],
  ['{"a": ▶Infinity}', "Infinity isn't a value in JSON: write null"],
  ['{"a": ▶undefined}', "undefined isn't a value in JSON: write null, or leave out the key"],
  ['{"a": ▶True, "b": 1}', "this is Python's True: write true"],
  ['{"a": [▶False]}', "this is Python's False: write false"],
  ['{"a": ▶None}', "this is Python's None: write null"],
  ['{\n  ▶a: 1}', 'keys take double quotes'],
  ['{"a": 1, ▶$b2 : 2}', 'keys take double quotes'],
  ['{"a": 1▶,\n}', 'there is an extra comma'],
  ['{"a": [1▶, ]}', 'there is an extra comma'],
  ['{"a":▶\u00a01}', 'only plain spaces, tabs and line breaks are allowed between values'],
  ['{"a": ▶,}', ''],
  [' ▶', 'it is empty'],
  ['{"a": ▶', 'it ends too early'],
  ['{"a": 1 ▶"b": 2}', "expected ',' or '}' after property value"],
  ['{"a": 12▶:30}', "expected ',' or '}' after property value"],
])('%s', (marked, words) => {
  const [before = '', after = ''] = marked.split('▶');
  const flaw = flawIn(before + after);
  expect(flaw.words ?? '').toBe(words);
  expect(flaw.span.start).toBe(before.length);
});

test.each(['{"a": hunter2}', '{"a": Nonesuch}', "{hunter2 'x'}", '[hunter2]', '{"a": hunter2,}'])(
  'Nothing in %s is quoted.',
  text => {
    expect(flawIn(text).words ?? '').not.toMatch(/hunter|Nonesuch/);
  },
);
