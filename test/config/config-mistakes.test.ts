import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { configured, fileName } from './configured.js';
import { failureOf } from './surroundings.js';

test.each<[name: string, text: string, message: string]>([
  ['at the top', '{ "url": "http://a/",\n  "retries": 1,\n  "url": "http://b/" }', '3:3: "url" is already set in line 1'],
  ['in an object', '{ "listen": { "port": 1,\n "port": 2 } }', '2:2: "listen.port" is already set in line 1'],
  ['of a profile', '{ "profiles": {\n "p": {},\n "p": {} } }', '3:2: "profiles.p" is already set in line 2'],
  ['spelled in two ways', '{ "url": "http://a/",\n "\\u0075rl": "http://b/" }', '2:2: "url" is already set in line 1'],
  ['after an emoji', '{ "headers": { "a": "😀", "a": "b" } }', '1:26: "headers.a" is already set in line 1'],
])('a repeated key is a mistake: %s', async (_, file, message) => {
  expect(await failureOf(configured({ file }))).toMatchObject({
    ...{ code: 'usage', message: `${fileName}:${message}`, hint: 'remove one of the two', parts: [] },
  });
}); // prettier-ignore

test('numbers with many digits aren’t a mistake', async () => {
  expect(await configured({ file: '{ "retries": 1.0e1 }' })).toMatchObject({ base: { settings: { retries: 10 } } });
});

const wrong = `{
  "timeout": "soon",
  "headers": { "a b": "1" },
  "listen": { "prot": 1, "port": "80", "port": 65536 },
  "tiemout": "1s"
}
`;

test('reports every mistake, in the order of the file', async () => {
  const { message, hint, parts } = await failureOf(configured({ file: wrong }));
  expect({ message, hint }).toEqual({ message: `${fileName} has 6 mistakes`, hint: undefined });
  const told = parts.map(part => part.message.slice(`${fileName}:`.length));
  expect(told).toEqual([
    expect.stringMatching(/^2:3: timeout: "soon"/),
    expect.stringMatching(/^3:16: headers\.a b: /),
    '4:15: unknown key "listen.prot"',
    '4:40: listen.port should be a whole number from 0 to 65,535',
    '4:40: "listen.port" is already set in line 4',
    '5:3: unknown key "tiemout"',
  ]);
});

test('reports a name that is special in JavaScript like other mistakes, and pollutes nothing', async () => {
  const file = `{ "headers": { "__proto__": "v", "a b": "1" },
  "profiles": {
    "__proto__": { "bogus": 1 },
    "p": { "headers": { "x": "1", "\\u005f_proto__": "v" }, "retries": "1" } } }`;
  const { parts } = await failureOf(configured({ file }));
  expect(parts.map(({ message, hint }) => [message.slice(`${fileName}:`.length), hint])).toEqual([
    ['1:16: "headers.__proto__" can\'t have this name', 'use another name'],
    [expect.stringMatching(/^1:34: headers\.a b: /), expect.any(String)],
    ['3:5: "profiles.__proto__" can\'t have this name', 'use another name'],
    ['4:35: "profiles.p.headers.__proto__" can\'t have this name', 'use another name'],
    ['4:60: profiles.p.retries should be a whole number from 0 to 1,000', undefined],
  ]);
  expect({}).not.toHaveProperty('bogus');
});

test.each([
  ['a header', '{"headers":{"__proto__":"v"}}', '1:13: "headers.__proto__"'],
  ['a profile', '{"profiles":{"__proto__":{"bogus":1}}}', '1:14: "profiles.__proto__"'],
])('reports it if only %s has it', async (_, file, place) => {
  const error = await failureOf(configured({ file }));
  expect(error).toMatchObject({ message: `${fileName}:${place} can't have this name`, parts: [] });
});

test('lists the first ten mistakes, and counts the rest', async () => {
  const file = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, index]));
  const { message, parts } = await failureOf(configured({ file }));
  expect(message).toBe(`${fileName} has 300 mistakes; these are the first 10`);
  expect(parts).toHaveLength(10);
});

test('stays fast with as many mistakes as fit in a file', async () => {
  const keys = Array.from({ length: 52_000 }, (_, index) => `"${index.toString(36)}":0`);
  const { message, parts } = await failureOf(configured({ file: `{\n${[...keys, ...keys].join(',\n')}\n}` }));
  expect(message).toBe(`${fileName} has 104000 mistakes; these are the first 10`);
  // The last of two counts, so it's the one that is unknown.
  expect(parts.slice(0, 3).map(part => part.message.slice(`${fileName}:`.length))).toEqual([
    '52002:1: unknown key "0"',
    '52002:1: "0" is already set in line 2',
    '52003:1: unknown key "1"',
  ]);
});

test('refuses a file with extreme nesting', async () => {
  const file = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  expect((await failureOf(configured({ file }))).message).toContain(
    'nested 100000 levels deep; at most 100 are allowed',
  );
});

test('prints mistakes as lines in text, and as parts of one failure in JSON, each with its own hint', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, fileName), '{ "urll": 1,\n "secret\\u001b[31m": "hunter2" }');
  const { exitCode, stdout, stderr } = await webhookCli(['send', '-s', 'APPROVED'], { cwd });
  const [first, second] = [`${fileName}:1:3: unknown key "urll"`, `${fileName}:2:2: unknown key "secret\\u001b[31m"`];
  const advice = 'never put a secret in this file: secretFile names a file that holds it, secretEnv a variable';
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    `error: ${fileName} has 2 mistakes`,
    ...[`  ${first}`, '  hint: did you mean "url"?', `  ${second}`, `  hint: ${advice}`, ''],
  ]);
  const json = await webhookCli(['send', '-s', 'APPROVED', '--json'], { cwd });
  expect(reportsIn(json.stderr)).toEqual([
    {
      ...{ type: 'error', code: 'usage', message: `${fileName} has 2 mistakes` },
      parts: [
        { message: first, hint: 'did you mean "url"?' },
        { message: second.replace('\\u001b', '\u001b'), hint: advice },
      ],
    },
  ]);
});
