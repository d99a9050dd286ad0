import { describe, expect, test } from 'vitest';
import { effects } from '../../../src/conformance/effects/cases.js';
import { reportsIn, webhookCli } from '../../support/cli.js';
import { pointsIn } from '../../report/points.js';
import { secret } from '../receiver.js';
import { startApplication, type Steps } from './application.js';

const env = { WEBHOOK_SECRET: secret };

/** Those that need no restart. */
const cases = effects.filter(({ needs }) => needs === 'probe').map(({ id }) => id);

/** Runs the cases of the group, and returns those that didn't pass. */
async function check(url: string, probe: string, ...flags: string[]) {
  const usual = ['--only', 'effects', '--probe-settle', '200ms'];
  const line = ['check', url, '--probe', probe, '--json', ...(flags.length > 0 ? flags : usual)];
  const { exitCode, stdout, stderr } = await webhookCli(line, { env });
  const reports = reportsIn(stdout);
  const summary = reports.at(-1);
  const found = reports.slice(0, -1).filter(({ outcome }) => outcome !== 'passed');
  return {
    ...{ exitCode, stderr, summary, ran: reports.slice(0, -1).map(({ id }) => id), found },
    outcomes: found.map(({ id, outcome }) => `${String(id)} ${String(outcome)}`),
  };
}

/** Applications that are wrong in one way, after "an application that", and the cases that fail. */
const wrong: readonly [name: string, changes: Partial<Steps>, caught: readonly string[]][] = [
  [
    'does the work of each copy',
    { isFirst: () => true },
    ['effect-duplicate failed', 'effect-parallel failed', 'retry-after-timeout failed'],
  ],
  [
    'looks for the id, and stores it a moment later',
    {
      async isFirst(seen, id) {
        const isFirst = !seen.has(id);
        // All copies that have arrived are checked before any is stored.
        for (let turn = 0; turn < 200; turn += 1) await new Promise(resolve => setImmediate(resolve));
        seen.add(id);
        return isFirst;
      },
    },
    ['effect-parallel failed'],
  ],
  [
    'does the work before it looks at the signature',
    { isVerifiedFirst: false },
    ['effect-forged failed', 'effect-tampered failed', 'effect-wrong-secret failed', 'effect-unsigned failed'],
  ],
];

test('Every case fails some application.', () => {
  const caught = wrong.flatMap(([, , outcomes]) => outcomes.map(outcome => outcome.split(' ')[0]));
  // A first delivery without an effect is the probe's fault, and a crash needs a separate process: restart.test.ts.
  const others = ['one-delivery', 'older-after-newer', 'crash-retry'];
  expect(new Set([...caught, ...others])).toEqual(new Set(effects.map(({ id }) => id)));
});

const pages = ['customers/{customer}', 'total', 'last'];

describe.each(pages)('an application that shows %s', page => {
  test('and does its work once passes every case', async () => {
    const { url, debug } = await startApplication();
    const { exitCode, stderr, ran, outcomes } = await check(url, `${debug}/${page}`);
    expect({ exitCode, stderr, outcomes }).toEqual({ exitCode: 0, stderr: '', outcomes: [] });
    expect(ran).toEqual(cases);
  });

  test.each(wrong)('and %s is caught by the cases made for it', async (_, changes, caught) => {
    const { url, debug } = await startApplication(changes);
    const { exitCode, outcomes } = await check(url, `${debug}/${page}`);
    // The race is lost or won if the second delivery follows a moment after the first.
    const certain = outcomes.filter(outcome => caught.includes(outcome) || !outcome.startsWith('retry-'));
    expect({ exitCode, outcomes: certain }).toEqual({ exitCode: 1, outcomes: caught });
  });
});

test('An application that goes back to an older event gets advice.', async () => {
  const { url, debug } = await startApplication({ isNewer: () => true });
  const lax = await check(url, `${debug}/customers/{customer}`);
  expect(lax).toMatchObject({ exitCode: 0, outcomes: ['older-after-newer advice'] });
  expect(lax.found).toMatchObject([
    { got: { kind: 'state', wanted: 'none', before: 'APPROVED|1', after: 'REVIEWING|1' } },
  ]);
});

test('The report shows what changed, and what one delivery changes.', async () => {
  const { url, debug } = await startApplication({ isFirst: () => true });
  const { found, summary } = await check(url, `${debug}/customers/{customer}`);
  expect(found[0]).toMatchObject({
    ...{ id: 'effect-duplicate', level: 'required', statuses: [200], sent: 'the same delivery twice in a row' },
    got: { before: 'status 404', after: 'APPROVED|2', once: { before: 'status 404', after: 'APPROVED|1' } },
  });
  expect(summary).toMatchObject({ isConformant: false, ended: 'complete', failed: 3, notRun: 0 });
});

describe('an application that works after responding', () => {
  /** Does one piece of work each time it's asked this many times. */
  const late = (every: number): Partial<Steps> => {
    const queue: (() => void)[] = [];
    let questions = 0;
    return {
      schedule: work => {
        questions = 0;
        queue.push(work);
      },
      onAsked() {
        questions += 1;
        if (questions % every === 0) queue.shift()?.();
      },
    };
  };
  const flags = ['--only', 'effect-duplicate', '--probe-settle', '1s'];

  test('is waited for', async () => {
    const { url, debug } = await startApplication(late(5));
    expect(await check(url, `${debug}/customers/{customer}`, ...flags)).toMatchObject({ exitCode: 0, outcomes: [] });
  });

  test('is caught if it does the work twice, sequentially', async () => {
    const { url, debug } = await startApplication({ ...late(2), isFirst: () => true });
    const { outcomes } = await check(url, `${debug}/customers/{customer}`, ...flags);
    expect(outcomes).toContain('effect-duplicate failed');
  });
});

test('The first delivery of a retry needs no response, since its sender has gone.', async () => {
  // The first two events are the reference; the third gets a response when it comes again.
  const { url, debug } = await startApplication({ isAnswered: (number, isFirst) => number < 3 || !isFirst });
  const flags = ['--only', 'retry-after-timeout', '--probe-settle', '200ms', '--timeout', '2s'];
  expect(await check(url, `${debug}/total`, ...flags)).toMatchObject({ exitCode: 0, outcomes: [] });
});

describe('proves nothing', () => {
  test('with a probe that sees nothing: no case runs, and the run fails', async () => {
    const { url } = await startApplication();
    const { debug } = await startApplication();
    const { exitCode, ran, outcomes, summary } = await check(url, `${debug}/customers/{customer}`);
    expect({ exitCode, ran }).toEqual({ exitCode: 1, ran: cases });
    expect(outcomes).toEqual(cases.map(id => `${id} not-run`));
    expect(summary).toMatchObject({
      ...{ isConformant: false, ended: 'complete', notRun: cases.length, because: 'blind-probe' },
      hint: expect.stringMatching(
        /^the state stayed "status 404"; expected a change; does the probe look at /,
      ) as string,
    });
  });

  test('and documents say so, since a run of skipped cases would look like a success', async () => {
    const { url } = await startApplication();
    const line = ['check', url, '--only', 'effect-forged', '--probe', 'echo the same', '--probe-settle', '100ms'];
    const { exitCode, stdout } = await webhookCli([...line, '--report', 'tap'], { env });
    expect(exitCode).toBe(1);
    expect(pointsIn(stdout)).toMatchObject([
      { name: 'effects: effect-forged', skip: "not run: the probe doesn't see this receiver" },
      { ok: false, name: 'run: completed', diag: { message: "the probe doesn't see this receiver" } },
    ]);
  });

  test('with a probe that shows something different for each customer', async () => {
    let count = 0;
    const { url, debug } = await startApplication({
      shown: customer => `row ${((customer as { row?: number }).row ??= count += 7)}`,
    });
    const { exitCode, summary } = await check(url, `${debug}/customers/{customer}`);
    expect(exitCode).toBe(1);
    expect(summary).toMatchObject({ because: 'varying-probe', notRun: cases.length });
    expect(summary?.['hint']).toContain('leave out times, row numbers');
  });

  test('for a receiver that refuses a valid delivery', async () => {
    const { url, debug } = await startApplication();
    const line = ['check', url, '--only', 'effects', '--probe', `${debug}/total`, '--json'];
    const { exitCode, stdout } = await webhookCli(line, { env: { WEBHOOK_SECRET: 'another secret than theirs' } });
    expect(exitCode).toBe(1);
    expect(reportsIn(stdout)[0]).toMatchObject({ id: 'one-delivery', outcome: 'failed', statuses: [401] });
    expect(reportsIn(stdout).at(-1)).toMatchObject({ ended: 'refusing', failed: 1, notRun: cases.length - 1 });
  });
});

describe('the cases', () => {
  test('learn from the first, even if only one of them is requested', async () => {
    const { url, debug } = await startApplication({ isFirst: () => true });
    const line = ['check', url, '--only', 'effect-duplicate', '--probe', `${debug}/total`, '--json'];
    const { stdout } = await webhookCli([...line, '--probe-settle', '100ms'], { env });
    expect(reportsIn(stdout).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['effect-duplicate', 'failed'],
      [undefined, undefined],
    ]);
  });

  test('don’t run without a probe, and can’t be selected', async () => {
    const { url } = await startApplication();
    const { exitCode, stdout } = await webhookCli(['check', url, '--only', 'valid,leaks'], { env });
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('✔ 5 passed\n') as string,
    });
    for (const name of ['effects', 'effect-forged'])
      expect(await webhookCli(['check', url, '--only', name], { env })).toMatchObject({
        ...{ exitCode: 2, stdout: '' },
        stderr: expect.stringContaining(`"${name}" needs --probe\nhint: `) as string,
      });
    const line = ['check', url, '--only', 'crash-retry', '--probe', 'true'];
    const { stderr } = await webhookCli(line, { env });
    expect(stderr).toContain('"crash-retry" needs --restart\n');
  });

  test('are listed with their requirements', async () => {
    const { stdout } = await webhookCli(['check', '--list', '--only', 'one-delivery,crash-retry,older-after-newer']);
    expect(stdout).toMatch(/^Does its work once\n {2}one-delivery {10}required {2}.*\(needs --probe\)\n/);
    expect(stdout).toMatch(/\n {2}older-after-newer {5}advised /);
    expect(stdout).toMatch(/\n {2}crash-retry {11}required {2}.*\(needs --restart\)\n$/);
  });
});
