import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { PresetName } from '../../src/scheme/presets/index.js';
import { environmentOf } from '../support/by-scheme.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { listeningNow } from '../support/listening.js';

const run = promisify(execFile);

/** The versions in docs/load.md. artillery needs a newer Node than this package. */
const packages = ['artillery@2.0.34', `node-${process.platform}-${process.arch}@22`];
const installed = process.env['ENGINES'] ?? path.join(tmpdir(), 'webhook-cli-engines');
const node = path.join(installed, `node_modules/node-${process.platform}-${process.arch}/bin/node`);

beforeAll(async () => {
  await run('npm', ['install', '--prefix', installed, '--no-save', '--ignore-scripts', ...packages]);
});

const schemes: PresetName[] = ['fin', 'standard-webhooks', 'stripe', 'slack', 'sanity', 'github'];

test.each(schemes)('artillery sends each request once, signed as %s does', async scheme => {
  const own = environmentOf(scheme);
  const listen = ['--scheme', scheme, '--timeout', '90s'];
  // Only these have a generated event's id where the listener looks for it.
  const hasId = ['fin', 'standard-webhooks', 'github', 'sanity'].includes(scheme);
  const { url, ended } = await listeningNow(own, ...listen, '--count', '200', ...(hasId ? ['--distinct'] : []));
  const folder = path.join(temporaryFolder(), 'load');
  const target = new URL('/hook?a={b}', url).href;
  const flags = [
    '--scheme',
    scheme,
    '--url',
    target,
    '-H',
    'x-tag: {{ $uuid }}',
    '--set',
    'data.email=Žofie {{ x }}@example.com',
  ];
  const argv = [
    'generate',
    '--signed',
    '--format',
    'artillery',
    '--count',
    '200',
    '--invalid',
    ...flags,
    '--out',
    folder,
  ];
  expect(await webhookCli(argv, { env: own })).toMatchObject({ exitCode: 0, stderr: '' });
  const script = path.join(folder, 'artillery.yml');
  writeFileSync(script, readFileSync(script, 'utf8').replace('duration: 60', 'duration: 2'));
  const artillery = path.join(installed, 'node_modules/artillery/bin/run');
  const { stdout } = await run(node, [artillery, 'run', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ARTILLERY_DISABLE_TELEMETRY: 'true', ...own },
  });
  expect(stdout).toMatch(/^http\.codes\.200: \.+ 200$/m);
  const { exitCode, stdout: reports } = await ended;
  expect(exitCode).toBe(0);
  expect(reportsIn(reports).at(-1)).toMatchObject({
    received: 200,
    accepted: 200,
    repeated: 0,
    ...(hasId && { distinct: 200 }),
  });
  expect(new Set(reportsIn(reports).flatMap(({ target: sent }) => sent ?? []))).toEqual(new Set(['/hook?a={b}']));
});
