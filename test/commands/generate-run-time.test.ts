import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { presetNames } from '../../src/scheme/presets/index.js';
import { schemes } from '../../src/scheme/schemes.js';
import { secretInForm } from '../../src/scheme/secret.js';
import { environmentOf } from '../support/by-scheme.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { runInK6 } from '../support/k6.js';
import { env, listeningNow } from '../support/listening.js';

async function generate(scheme: string, variables: Record<string, string>, ...flags: string[]): Promise<string> {
  const argv = ['generate', '--signed', '--scheme', scheme, ...flags];
  const { exitCode, stdout, stderr } = await webhookCli(argv, { env: variables });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

const timed = presetNames.filter(name => schemes[name].definition.timestamp !== undefined);

test('most presets sign the time', () => {
  expect(timed).toEqual(expect.arrayContaining(['standard-webhooks', 'svix', 'stripe', 'slack', 'paddle', 'sanity']));
});

describe.each(timed)('a script for k6 that signs as %s does', scheme => {
  test('is accepted by a listener, alone and with its requests in a second file', async () => {
    const own = environmentOf(scheme);
    const { url, ended } = await listeningNow(own, '--scheme', scheme, '--count', '4');
    const folder = temporaryFolder();
    const flags = ['--format', 'k6', '--count', '2', '--url', new URL('/hook', url).href, '-H', 'x-tag: {{id}}'];
    writeFileSync(path.join(folder, 'alone.js'), await generate(scheme, own, ...flags));
    await generate(scheme, own, ...flags, '--out', folder);
    expect(readdirSync(folder).sort()).toEqual(['alone.js', 'load.js', 'requests.jsonl']);
    for (const script of ['alone.js', 'load.js']) await runInK6(folder, script, own);
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ received: 4, accepted: 4 });
  });

  test('contains no secret, and fails with a message without one', async () => {
    const own = environmentOf(scheme);
    const folder = temporaryFolder();
    for (const format of ['k6', 'artillery']) {
      const out = path.join(folder, format);
      const stdout = await generate(scheme, own, '--format', format, '--out', out, '--json');
      const written = readdirSync(out).map(file => readFileSync(path.join(out, file), 'utf8'));
      for (const text of [stdout, ...written]) {
        expect(text).not.toContain(own.WEBHOOK_SECRET);
        expect(text).not.toContain(own.WEBHOOK_SECRET.replace('whsec_', ''));
        expect(text).not.toContain('4f0c9a71d3');
      }
    }
    await expect(runInK6(path.join(folder, 'k6'), 'load.js')).rejects.toThrow('WEBHOOK_SECRET is not set');
  });
});

test('signs by the definition of a custom scheme: any encoding, unit, hash and order', async () => {
  const cwd = temporaryFolder();
  const definition = {
    signature: { header: 'x-own', encoding: 'base64url', prefix: 'sig:' },
    algorithm: 'hmac-sha512',
    secret: 'hex',
    signed: 'POST {url}|{header.x-tag}|{timestamp}|é|{id}|{body}',
    timestamp: { header: 'x-time', unit: 'rfc3339', past: '1m', future: '1m' },
    id: { header: 'x-id' },
  };
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ schemes: { own: definition } }));
  const own = { WEBHOOK_SECRET: '00ff4f0c9a71d3' };
  const folder = path.join(cwd, 'load');
  const config = ['--config', path.join(cwd, 'webhook-cli.config.json')];
  const { url, ended } = await listeningNow(own, '--scheme', 'own', '--count', '3', '--distinct', ...config);
  const flags = [
    '--format',
    'k6',
    '--count',
    '3',
    '--url',
    new URL('/a?b=c', url).href,
    '-H',
    'x-tag: 7',
    '--out',
    folder,
    ...config,
  ];
  await generate('own', own, ...flags);
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  await runInK6(folder, 'load.js', own);
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(0);
  expect(reportsIn(stdout).at(-1)).toMatchObject({ accepted: 3, refused: 0, distinct: 3 });
});

describe('what can’t be signed later', () => {
  test('is refused: ed25519 with a time', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
    const pair = Buffer.concat([Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]);
    const key = { WEBHOOK_SECRET: `whsk_${pair.toString('base64')}` };
    for (const format of ['k6', 'artillery']) {
      const argv = ['generate', '--signed', '--scheme', 'standard-webhooks', '--format', format, '--out', 'x'];
      const { exitCode, stderr } = await webhookCli(argv, { env: key, cwd: temporaryFolder() });
      expect(exitCode).toBe(2);
      expect(stderr).toContain("can't sign with ed25519");
    }
  });

  test('has a warning if it is signed ahead: vegeta and wrk', async () => {
    for (const format of ['vegeta', 'wrk']) {
      const argv = ['generate', '--signed', '--scheme', 'stripe', '--format', format];
      const { exitCode, stderr } = await webhookCli(argv, { env: environmentOf('stripe') });
      expect({ exitCode, stderr }).toEqual({
        exitCode: 0,
        stderr: 'warning: stripe signs the time: send these requests within 5m, before they expire\n',
      });
    }
  });
});

describe('artillery', () => {
  const flags = ['--format', 'artillery', '--count', '3', '--url', 'http://127.0.0.1:9/hook?a={b}']; // prettier-ignore

  test('writes several files, and says what to run', async () => {
    const folder = path.join(temporaryFolder(), 'load');
    const withOut = ['--format', 'artillery', '--count', '3', '--out', folder, '--json'];
    const reports = reportsIn(await generate('fin', env, ...withOut));
    expect(readdirSync(folder).sort()).toEqual(['artillery.yml', 'processor.mjs', 'requests.jsonl']);
    expect(reports.at(-1)).toEqual({ type: 'script', file: path.join(folder, 'artillery.yml'), requests: 3, program: 'artillery' }); // prettier-ignore
    expect(readFileSync(path.join(folder, 'artillery.yml'), 'utf8')).toContain('arrivalCount: 3\n');
    const { exitCode, stderr } = await webhookCli(['generate', '--signed', ...flags], { env });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--format artillery needs --out') as string }); // prettier-ignore
  });

  test('refuses a URL that artillery would change', async () => {
    const argv = [
      'generate',
      '--signed',
      '--format',
      'artillery',
      '--out',
      'x',
      '--url',
      'http://127.0.0.1:9/?a={{b}}',
    ];
    const { exitCode, stderr } = await webhookCli(argv, { env, cwd: temporaryFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('artillery would read {{ in it as a template');
  });

  test('never overwrites a file', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'requests.jsonl'), 'mine');
    const argv = ['generate', '--signed', '--format', 'artillery', '--out', folder];
    expect(await webhookCli(argv, { env })).toMatchObject({ exitCode: 74, stdout: '' });
    expect(readFileSync(path.join(folder, 'requests.jsonl'), 'utf8')).toBe('mine');
  });

  test.each(presetNames)('its processor uses each request once, signed as %s does', async scheme => {
    const own = environmentOf(scheme);
    const folder = temporaryFolder();
    await generate(scheme, own, ...flags, '--out', folder);
    const before = process.env['WEBHOOK_SECRET'];
    process.env['WEBHOOK_SECRET'] = own.WEBHOOK_SECRET;
    const { nextRequest } = (await import(path.join(folder, 'processor.mjs'))) as { nextRequest: NextRequest };
    if (before === undefined) delete process.env['WEBHOOK_SECRET'];
    else process.env['WEBHOOK_SECRET'] = before;
    const bodies = new Set<string>();
    for (let index = 0; index < 3; index += 1) {
      const [request, vars] = [{} as Request, {} as Record<string, string>];
      await nextRequest(request, { vars });
      const valueOf = (text: string) => vars[/^\{\{ (\w+) \}\}$/.exec(text)?.[1] ?? ''] ?? '';
      expect(request.url).toBe('http://127.0.0.1:9/hook?a={b}');
      bodies.add(request.body.toString());
      const headers = Object.entries(request.headers).map(([name, text]) => [name, valueOf(text)] as const);
      const message = { method: request.method, target: '/hook', headers, body: request.body };
      const secret = secretInForm('4f0c9a71d3', 'the test', schemes[scheme].secrets);
      expect(schemes[scheme].verify(message, [secret], new Date())).toMatchObject({ valid: true });
    }
    expect(bodies.size).toBe(3);
    await expect(nextRequest({} as Request, { vars: {} })).rejects.toThrow('none is sent twice');
  });
});

interface Request {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Buffer;
}

type NextRequest = (request: Request, context: { vars: Record<string, string> }) => Promise<void>;

test('the k6 script matches the types of its modules', async () => {
  const own = environmentOf('standard-webhooks');
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'alone.js'), await generate('standard-webhooks', own, '--format', 'k6'));
  writeFileSync(path.join(folder, 'ahead.js'), await generate('fin', env, '--format', 'k6'));
  await generate('standard-webhooks', own, '--format', 'k6', '--out', folder);
  const {
    createProgram,
    getPreEmitDiagnostics,
    flattenDiagnosticMessageText,
    ModuleKind,
    ModuleResolutionKind,
    ScriptTarget,
  } = (await import('typescript')).default;
  const files = ['alone.js', 'ahead.js', 'load.js'].map(name => path.join(folder, name));
  const program = createProgram(files, {
    ...{ allowJs: true, checkJs: true, noEmit: true, strict: false },
    ...{ module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler, target: ScriptTarget.ES2022 },
    ...{ types: ['k6'], typeRoots: [path.join(root, 'node_modules/@types')], lib: ['lib.es2022.d.ts'] },
    paths: { k6: [path.join(root, 'node_modules/@types/k6')], 'k6/*': [path.join(root, 'node_modules/@types/k6/*')] },
  });
  const found = getPreEmitDiagnostics(program).map(({ messageText }) =>
    flattenDiagnosticMessageText(messageText, '\n'),
  );
  expect(found).toEqual([]);
});
