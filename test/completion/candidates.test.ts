import { captureFormats } from '../../src/recording/formats.js';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/commands/definitions.js';
import { catalogue } from '../../src/event/catalogue.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

interface Answer {
  kind: string;
  prefix: string;
  names: string[];
  meanings: string[];
}

/** The candidates for a line; its last word, which may be empty, is being written. */
async function offered(line: string | readonly string[], cwd = temporaryFolder()): Promise<Answer> {
  const words = typeof line === 'string' ? line.split(' ') : line;
  const { exitCode, stdout, stderr } = await webhookCli(['complete', '--', ...words], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [kind = '', prefix = '', ...lines] = stdout.replace(/\n$/, '').split('\n');
  const columns = lines.map(each => each.split('\t'));
  return {
    ...{ kind, prefix },
    names: columns.map(([name = '']) => name),
    meanings: columns.map(([, meaning = '']) => meaning),
  };
}

test.each([
  ['se', ['send', 'secret']],
  ['', [...commands.map(({ name }) => name), 'help']],
  ['--json se', ['send', 'secret']],
  ['--config a.json se', ['send', 'secret']],
  ['help se', ['send', 'secret', 'selection']],
  ['help conn', ['connection']],
  ['help send ', []],
  ['sned ', []],
  ['--dry', []],
  ['--js', ['--json']],
  ['send --st', ['--status']],
  ['send --s', ['--status', '--seed', '--set', '--secret-file', '--secret-env', '--scheme', '--save', '--show']],
  ['send -s', ['-s']],
  ['send --nothing-like-it', []],
  ['demo -- --st', []],
  ['listen --web --op', ['--open']],
  ['inspect captured.ndjson --web --html', ['--html']],
  ['listen --web 4700 --op', ['--open']],
  ['listen --web --respond dr', ['drop']],
  ['send --algorithm ', ['sha256', 'sha384', 'sha512', 'sha1']],
  ['send --algorithm=sha3', ['sha384']],
  ['send --scheme st', ['standard-webhooks', 'stripe']],
  ['send --algorithm SHA3', ['sha384']],
  ['send --type b', ['BUSINESS']],
  ['send --print ', ['http', 'curl', 'json']],
  ['send --show ', ['headers', 'body']],
  ['send --show headers,', ['body']],
  ['generate --format ', ['json', 'ndjson', 'http', 'curl', 'har', 'vegeta', 'wrk', 'k6', 'artillery']],
  ['verify --format ', [...captureFormats]],
  ['validate --format ', ['json', 'ndjson', 'recording']],
  ['validate --report ', ['html', 'github', 'junit', 'sarif']],
  ['check --report ', ['html', 'junit', 'tap', 'github', 'markdown', 'json']],
  ['export --to ', ['har', 'http', 'curl']],
  ['sign --only ', ['x-fin-signature', 'x-fin-signature-algorithm']],
  ['init --secret-from ', ['development', 'variable', 'file', 'dotenv']],
  ['replay --speed ', ['1x', '10x', 'max']],
  ['listen --respond drop,', ['hang']],
  ['schema virtual_account.created', ['virtual_account.created', 'virtual_account.created.v2']],
  ['completion ', ['bash', 'zsh', 'fish']],
  ['send --status ap', ['APPROVED']],
  ['send -sAP', ['APPROVED']],
  ['send -e transaction.status -s FA', ['FAILED']],
  ['send --event=Transaction.Status -s FA', ['FAILED']],
  ['send --event customer.rfi -s ', []],
  ['send --event no.such -s ', []],
  ['send --fixture business-', ['business-approved', 'business-associated-parties-remaining', 'business-queued']],
  ['fixtures on-', ['on-hold']],
  ['fixtures on-hold --no', ['--no-color']],
  ['check --only surv', ['survives']],
  ['check --skip valid,out', ['out-of-order']],
  ['export a.ndjson --t', ['--to']],
])('"webhook-cli %s" offers %j', async (line, names) => {
  expect(await offered(line)).toMatchObject({ kind: 'words', names });
});

test.each([
  ['customer', 'send --customer '],
  ['customer', 'send --customer='],
  ['url', 'check '],
  ['port', 'listen --port '],
  ['match', 'listen --match '],
  ['path of a URL', 'listen --path /'],
])('offers nothing for a %s: "webhook-cli %s"', async (_, line) => {
  expect(await offered(line)).toMatchObject({ kind: 'words', names: [] });
});

test.each([
  ['files', '', 'send '],
  ['files', '', 'send one.json tw'],
  ['files', '', 'send -- --st'],
  ['files', '', 'replay '],
  ['files', '', 'sign '],
  ['files', '', '--config '],
  ['files', '', 'listen --dotenv '],
  ['files', '', 'listen --save '],
  ['files', '--save=', 'listen --save=re'],
  ['files', '', 'listen --ready-file '],
  ['files', '', 'send --cacert '],
  ['files', '', 'send --secret-file '],
  ['files', '', 'init --secret-file '],
  ['files', '', 'verify --body '],
  ['files', 'junit=', 'check --report junit=re'],
  ['files', '--report=junit=', 'check --report=junit=re'],
  ['folders', '', 'generate --out '],
  ['folders', '--out=', 'generate --out=ev'],
])('offers %s after "%s" of the last word of "webhook-cli %s"', async (kind, prefix, line) => {
  expect(await offered(line)).toMatchObject({ kind, prefix, names: [] });
});

test('separates the fixed part of a word from the candidates', async () => {
  expect(await offered('send --status=QUEUED,ap')).toMatchObject({ prefix: '--status=QUEUED,', names: ['APPROVED'] });
  expect(await offered('send -s QUEUED,ap')).toMatchObject({ prefix: 'QUEUED,', names: ['APPROVED'] });
  expect(await offered('send -sap')).toMatchObject({ prefix: '-s', names: ['APPROVED'] });
});

test('offers no item of a list twice', async () => {
  const { names } = await offered('send -s approved,');
  expect(names).toContain('QUEUED');
  expect(names).not.toContain('APPROVED');
});

test('describes commands, flags, statuses, events and cases', async () => {
  expect((await offered('demo')).meanings).toEqual(['Show events being sent, verified and refused']);
  expect((await offered('listen --fsy')).meanings).toEqual(['Flush records to disk, to survive a power loss']);
  expect((await offered('send -s appr')).meanings).toEqual(['verified and approved']);
  expect((await offered('schema customer.rfi')).meanings).toEqual([catalogue['customer.rfi'].summary]);
  expect((await offered('check --only trimmed')).meanings).toEqual([
    'an event with the fewest documented keys: seven in data',
  ]);
});

test('offers a flag once, unless it may be repeated', async () => {
  const { names } = await offered('--json send -s QUEUED --url=http://localhost -qH x:1 --dry-run --no-color --');
  for (const given of ['--json', '--url', '--quiet', '--dry-run', '--color', '--no-color'])
    expect(names).not.toContain(given);
  for (const again of ['--status', '--header', '--fixture', '--type']) expect(names).toContain(again);
});

test('offers short flags after one dash only', async () => {
  expect((await offered('send -')).names).toEqual(expect.arrayContaining(['-s', '--status', '-h', '--help']));
  expect((await offered('send --')).names).not.toContain('-s');
});

test('offers the flags of a command without arguments', async () => {
  expect((await offered('demo ')).names).toEqual([
    '--json',
    '--color',
    '--no-color',
    '--quiet',
    '--debug',
    '--config',
    '--profile',
    '--dotenv',
    '--help',
  ]);
});

test('neither offers nor repeats a secret given by mistake', async () => {
  for (const line of ['send --sec', 'send --secret hunter2 --sec', 'send --secret=hunter2'])
    expect(JSON.stringify(await offered(line))).not.toMatch(/hunter2|--secret"/);
});

/** Folders with a configuration file with this content. */
const folderWith = (config: string): string => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'webhook-cli.config.json'), config);
  mkdirSync(path.join(folder, 'inner'));
  return folder;
};

test('offers the profiles of the file that would be read, whatever else is wrong with it', async () => {
  const folder = folderWith('{"nonsense": 1, "profiles": {"staging": {"secretEnv": "MISSING"}, "stable": 7}}');
  const expected = { kind: 'words', names: ['staging', 'stable'] };
  expect(await offered('send --profile st', folder)).toMatchObject(expected);
  expect(await offered('--profile=st', path.join(folder, 'inner'))).toMatchObject(expected);
  const file = path.join(folder, 'webhook-cli.config.json');
  expect(await offered(['--config', file, 'listen', '--profile', ''])).toMatchObject(expected);
});

test.each([
  ['no file', undefined],
  ['broken JSON', '{"profiles": {"a": '],
  ['another kind of JSON', '[]'],
  ['null', 'null'],
  ['profiles of another kind', '{"profiles": null}'],
  ['bytes that aren’t text', Buffer.from([0xff, 0xfe]).toString('latin1')],
])('%s offers no profile and no error', async (_, config) => {
  const folder = config === undefined ? temporaryFolder() : folderWith(config);
  expect((await offered('--profile ', folder)).names).toEqual([]);
});

test('leaves out names that a line can’t hold or a terminal can’t show', async () => {
  const names = [
    'fine',
    'new\nline',
    'tab\tname',
    'esc\u001b[31m',
    'bidi\u202e',
    'nul\u0000',
    '',
    'c1\u009b',
    'zero\u200bwidth',
  ];
  const folder = folderWith(JSON.stringify({ profiles: Object.fromEntries(names.map(name => [name, {}])) }));
  expect((await offered('--profile ', folder)).names).toEqual(['fine']);
});

test('doesn’t wait for a pipe that nobody writes to', async () => {
  const pipe = path.join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect((await offered(['--config', pipe, '--profile', ''])).names).toEqual([]);
});

test.each([
  'send --nonsense --st',
  'listen a b c --po',
  'send -s "AP --se',
  'check --only nonsense --stri',
  '-x -y send --st',
])('still completes a line with mistakes in it: "%s"', async line => {
  expect((await offered(line)).names).not.toEqual([]);
});

test('leaves a word alone if its fixed part has a line break', async () => {
  expect(await offered(['send', '-s', 'A\nB,'])).toMatchObject({ kind: 'words', prefix: '', names: [] });
});
