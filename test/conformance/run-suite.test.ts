import { expect, test } from 'vitest';
import { runSuite, type SuiteOptions } from '../../src/conformance/run-suite.js';
import { selectCases } from '../../src/conformance/select.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { secret, startBehaviour } from './receiver.js';

function optionsFor(url: string, only: readonly string[]): SuiteOptions {
  const selection = selectCases({ only });
  if (!('cases' in selection)) throw new Error('There is no such selection.');
  return {
    selection,
    target: { url: new URL(url), headers: [], version: '0.0.0' },
    signing: { scheme: schemes.fin, secret: createSecret(Buffer.from(secret), 'test'), algorithm: 'sha256' },
    seed: 1,
    now: new Date('2026-01-31T09:30:00Z'),
    clock: { now: () => new Date('2026-01-31T09:30:00Z') },
    timeout: 5000,
    maxTime: 5000,
    connecting: {},
    signal: new AbortController().signal,
  };
}

test('The suite runs without a command, and reports each case when it ends.', async () => {
  const heard: string[] = [];
  const { reports, ending } = await runSuite(optionsFor(await startBehaviour(), ['valid', 'unsigned']), {
    onBegin: ({ id }, { index, count }) => heard.push(`${id} ${index} of ${count}`),
    onReport: ({ id, outcome }) => Promise.resolve(void heard.push(`${id} ${outcome}`)),
  });
  expect(heard).toEqual(['valid 0 of 2', 'valid passed', 'unsigned 1 of 2', 'unsigned passed']);
  expect(reports.map(({ id }) => id)).toEqual(['valid', 'unsigned']);
  expect(ending).toEqual({ kind: 'complete' });
});

test('A receiver that refuses the first delivery ends the run with that exchange, even if the case isn’t reported.', async () => {
  const url = await startBehaviour({ matches: () => false });
  const { reports, ending } = await runSuite(optionsFor(url, ['leaks']), {
    onBegin: () => undefined,
    onReport: () => Promise.resolve(),
  });
  expect(reports.map(({ outcome }) => outcome)).toEqual(['not-run', 'not-run', 'not-run', 'not-run']);
  expect(ending).toMatchObject({ kind: 'refusing', exchange: { id: 'valid', attempt: { reply: { status: 401 } } } });
});

test('An unknown case or group name is returned instead of a selection.', () => {
  expect(selectCases({ only: ['valid'], skip: ['nothing'] })).toEqual({ unknown: 'nothing' });
});
