import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { finCases } from '../conformance/checking.js';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const only = ['--only', 'valid,unsigned,wrong-secret,tampered'];
const words = "it doesn't verify signatures, or responds before it does";

/** Checks a receiver that accepts everything. */
async function check(...flags: string[]) {
  const cwd = temporaryFolder();
  const url = await startBehaviour({ matches: () => true, signatureOf: () => 'any' });
  const run = await webhookCli(['check', url, ...only, ...flags], { env: { WEBHOOK_SECRET: secret }, cwd });
  return { cwd, ...run };
}

test('shows a cause with its fix above the failures it explains', async () => {
  const { exitCode, stdout } = await check();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    new RegExp(
      `\\n\\ncause: ${words}\\nfix:   refuse before.*(?:\\n.*)?\\n +explains: unsigned, wrong-secret, tampered\\n\\n✘ unsigned\\n`,
    ),
  );
});

test('shows the general fix only of a failure that no cause explains', async () => {
  const isEvent = (json: unknown) => {
    if (json === null) throw new Error('null');
    return true;
  };
  const url = await startBehaviour({ allows: () => true, isEvent });
  const forms = ['markdown', 'html'];
  const cwd = temporaryFolder();
  const line = [
    'check',
    url,
    '--only',
    'valid,get,json-null',
    ...forms.flatMap(form => ['--report', `${form}=${form}`]),
  ];
  const { stdout } = await webhookCli(line, { env: { WEBHOOK_SECRET: secret }, cwd });
  const shown = [stdout, ...forms.map(form => readFileSync(path.join(cwd, form), 'utf8'))];
  for (const text of shown) {
    expect(text).toContain('route only POST to the handler');
    expect(text).not.toContain(remedyOf('get'));
    expect(text).toContain(remedyOf('json-null'));
  }
});

const remedyOf = (id: string) => finCases.find(one => one.id === id)?.remedy ?? expect.fail(`there is no case ${id}`);

test('includes causes in the summary', async () => {
  const { stdout } = await check('--json');
  expect(reportsIn(stdout).at(-1)).toMatchObject({
    causes: [{ id: 'verifies-nothing', words, explains: ['unsigned', 'wrong-secret', 'tampered'] }],
  });
});

test('includes causes in every document', async () => {
  const forms = ['html', 'junit', 'tap', 'github', 'markdown', 'json'];
  const { cwd } = await check(...forms.flatMap(form => ['--report', `${form}=report.${form}`]));
  const documents = forms.map(form => readFileSync(path.join(cwd, `report.${form}`), 'utf8'));
  const spelt = /[Ii]t doesn(?:'|&apos;|\\'|&#39;)t verify signatures, or responds before it does/;
  expect(forms.filter((_, index) => !spelt.test(documents[index] ?? ''))).toEqual([]);
});

test('reports quotes around the receiver’s secret instead of asking', async () => {
  const url = await startBehaviour();
  const { exitCode, stdout } = await webhookCli(['check', url], { env: { WEBHOOK_SECRET: `"${secret}"` } });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('cause: it verifies without the quotes around the secret\n');
  expect(stdout).not.toContain('hint:');
});
