import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { environmentOf } from '../support/by-scheme.js';
import { startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env } from '../support/listening.js';

const now = ['--now', '2026-01-31T09:30:00Z'];

async function generate(flags: readonly string[], variables: Record<string, string> = env): Promise<string> {
  const { exitCode, stdout, stderr } = await webhookCli(['generate', ...flags], { env: variables });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

const forms = [
  [],
  ['--walk'],
  ['--status', 'QUEUED,APPROVED'],
  ['--event', 'transaction.status', '--set', 'data.hash=x'],
  ['--walk', '--signed', '--format', 'curl'],
  ['--signed', '--format', 'vegeta'],
];

test('all parts in order equal what one run writes, byte for byte', async () => {
  const cases = fc.record({
    form: fc.constantFrom(...forms),
    seed: fc.nat(2 ** 32 - 1),
    count: fc.integer({ min: 1, max: 12 }),
    parts: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ form, seed, count, parts }) => {
      fc.pre(parts <= count);
      const flags = [...form, '--seed', String(seed), '--count', String(count), ...now];
      const written: string[] = [];
      for (let part = 1; part <= parts; part += 1)
        written.push(await generate([...flags, '--part', `${part}/${parts}`]));
      expect(written.every(text => text !== '')).toBe(true);
      expect(written.join('')).toBe(await generate(flags));
    }),
    { numRuns: 25 },
  );
});

test('parts in one folder have the same files as one run', async () => {
  const flags = ['--walk', '--seed', '3', '--count', '5', ...now];
  const [whole, parts] = [temporaryFolder(), temporaryFolder()];
  await generate([...flags, '--out', whole]);
  for (const part of ['1/3', '2/3', '3/3']) await generate([...flags, '--part', part, '--out', parts]);
  const filesIn = (folder: string) =>
    readdirSync(folder).map(file => [file, readFileSync(path.join(folder, file), 'utf8')]);
  expect(filesIn(parts)).toEqual(filesIn(whole));
});

test('ids in headers follow from the seed and differ between all requests of all parts', async () => {
  const own = environmentOf('standard-webhooks');
  const flags = ['--signed', '--scheme', 'standard-webhooks', '--format', 'har', '--count', '6', ...now];
  const idsOf = async (...more: string[]) =>
    [...(await generate([...flags, ...more], own)).matchAll(/"webhook-id","value":"([^"]+)"/g)].map(([, id]) => id);
  const whole = await idsOf('--seed', '1');
  expect(new Set(whole).size).toBe(6);
  expect([...(await idsOf('--seed', '1', '--part', '1/2')), ...(await idsOf('--seed', '1', '--part', '2/2'))]).toEqual(whole); // prettier-ignore
  expect(await idsOf('--seed', '2')).not.toEqual(whole);
});

test('generating a late part can be interrupted', async () => {
  const running = startCli(['generate', '--count', '10000000', '--part', '2/2', '--seed', '1', ...now]);
  running.stop();
  expect(await running.ended).toMatchObject({ exitCode: 130, stdout: '' });
});

test.each([
  [['--count', '4'], '--part needs --seed'],
  [['--count', '4', '--seed', '1'], 'hint: all parts need the same value'],
  [['--seed', '1', ...now], '--part needs --count'],
  [['--count', '1', '--seed', '1', ...now], 'hint: make at most 1 part'],
])('refuses --part 1/2 with %j', async (flags, words) => {
  const { exitCode, stdout, stderr } = await webhookCli(['generate', '--part', '1/2', ...flags]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(words);
});

test.each(['0/2', '3/2', '2', '1/0', 'a/b', '1/2/3', '-1/2'])('refuses --part=%s', async value => {
  const { exitCode, stderr } = await webhookCli(['generate', `--part=${value}`, '--count', '4', '--seed', '1', ...now]);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`isn't a part`) as string }); // prettier-ignore
});
