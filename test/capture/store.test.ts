import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, lstatSync, mkdirSync, openSync, readFileSync, statSync, symlinkSync, writeFileSync, writevSync, writeSync } from 'node:fs'; // prettier-ignore
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { entriesOf } from '../support/recording.js';
import { encodeRecord, type RecordFacts } from '../../src/capture/record.js';
import { openStore, type StoreOptions } from '../../src/capture/store.js';
import { LocalError } from '../../src/errors.js';
import { descriptors } from '../support/descriptors.js';
import { temporaryFolder } from '../support/folder.js';

const factsOf = (body: string): RecordFacts => ({
  ...{ kind: 'request', id: body, seq: 1, receivedAt: '2026-01-01T00:00:00.000Z', headers: [] },
  ...{ body: Buffer.from(body), complete: true },
});

/** The body of each record, or what is wrong with it. */
async function told(file: string): Promise<string[]> {
  const all: string[] = [];
  for await (const entry of entriesOf(file)) {
    all.push(entry.kind === 'request' ? Buffer.from(entry.request.body).toString() : entry.kind);
  }
  return all;
}

const modeOf = (name: string): string => (statSync(name).mode & 0o777).toString(8);
const newFile = (): string => path.join(temporaryFolder(), 'captured.ndjson');

async function recordAll(file: string, bodies: readonly string[], options: Partial<StoreOptions> = {}) {
  const store = await openStore(file, { isSynced: false, ...options });
  const isWritten: boolean[] = [];
  for (const body of bodies) isWritten.push(await isTaken(store.append(factsOf(body))));
  store.close();
  return isWritten;
}

const isTaken = (appended: Promise<void>): Promise<boolean> =>
  appended.then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(LocalError);
      return false;
    },
  );

type Write = NonNullable<StoreOptions['write']>;

/** The system's own, but for the calls that `isFailing`: these take `taken` bytes, or throw where it is undefined. */
function failing(isFailing: (call: number) => boolean, taken: number | undefined): Write {
  let call = 0;
  return (descriptor, records) => {
    call += 1;
    if (!isFailing(call)) return writevSync(descriptor, records);
    if (taken === undefined) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    return writeSync(descriptor, Buffer.concat(records as Buffer[]), 0, taken);
  };
}

describe('a recording that is opened', () => {
  test('is its owner’s alone, and so are the folders made for it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a/b/captured.ndjson');
    await recordAll(file, ['x']);
    expect([file, path.dirname(file), path.join(folder, 'a')].map(modeOf)).toEqual(['600', '700', '700']);
  });

  test('leaves a folder and a file that are there as they are', async () => {
    const file = path.join(temporaryFolder(), 'shared/captured.ndjson');
    mkdirSync(path.dirname(file), { mode: 0o755 });
    writeFileSync(file, '', { mode: 0o644 });
    await recordAll(file, ['x']);
    expect([path.dirname(file), file].map(modeOf)).toEqual(['755', '644']);
  });

  test('is added to', async () => {
    const file = newFile();
    await recordAll(file, ['1', '2']);
    const before = readFileSync(file);
    await recordAll(file, ['3']);
    expect(readFileSync(file).subarray(0, before.length).equals(before)).toBe(true);
    expect(await told(file)).toEqual(['1', '2', '3']);
  });

  test('goes on after a torn tail', async () => {
    const file = newFile();
    writeFileSync(file, '\n{"v":1,"kind":"requ');
    await recordAll(file, ['1']);
    expect(await told(file)).toEqual(['torn', '1']);
  });

  test.each(['{"event":{"id":"1"}}', 'my notes\n', '\n\n[1]', '{"v"'.repeat(2)])(
    'is no other file: %j',
    async content => {
      const file = newFile();
      writeFileSync(file, content);
      await expect(openStore(file, { isSynced: false })).rejects.toThrow(
      expect.objectContaining({ code: 'local', message: `can't write to ${file}: it holds something else than a recording` }),
    ); // prettier-ignore
      expect(readFileSync(file, 'utf8')).toBe(content);
    },
  );

  test.each(['', '\n', '\n{"', '\n{"v":1,"ki'])('may have been begun: %j', async begun => {
    const file = newFile();
    writeFileSync(file, begun);
    expect(await recordAll(file, ['1'])).toEqual([true]);
    expect((await told(file)).at(-1)).toBe('1');
  });

  test.each(['a file', 'nothing'])('is never written through a link to %s', async target => {
    const folder = temporaryFolder();
    const [link, elsewhere] = [path.join(folder, 'captured.ndjson'), path.join(folder, 'elsewhere')];
    if (target === 'a file') writeFileSync(elsewhere, 'precious');
    symlinkSync(elsewhere, link);
    await expect(openStore(link, { isSynced: false })).rejects.toThrow(
      expect.objectContaining({ code: 'local', hint: 'a recording is never written through a link' }),
    );
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    if (target === 'a file') expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    else expect(() => lstatSync(elsewhere)).toThrow('ENOENT');
  });

  test.each([
    ['.', "it's a folder (EISDIR)", 'name a file in it'],
    ['file/captured.ndjson', 'a file is in the way (EEXIST)', 'what should be its folder is a file'],
    ['file/further/captured.ndjson', 'a file is in the way (ENOTDIR)', 'what should be its folder is a file'],
  ])('must be a file in a folder, not %s', async (place, words, hint) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const file = path.join(folder, place);
    const opened = openStore(file, { isSynced: false });
    await expect(opened).rejects.toThrow(LocalError);
    await expect(opened).rejects.toThrow(expect.objectContaining({ message: `can't write to ${file}: ${words}`, hint })); // prettier-ignore
  });

  describe('must be a file, not', () => {
    const refusal = {
      code: 'local',
      hint: 'a recording has to be a file: a pipe, a socket or a terminal keeps nothing',
    };

    async function refused(file: string, what: string): Promise<void> {
      const before = descriptors();
      await expect(openStore(file, { isSynced: false })).rejects.toThrow(
        expect.objectContaining({ ...refusal, message: `can't write to ${file}${what}` }),
      );
      expect(descriptors()).toEqual(before);
    }

    test('a pipe, whether or not somebody reads it', async () => {
      const file = newFile();
      execFileSync('mkfifo', [file]);
      await refused(file, ': the system says ENXIO');
      const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
      await refused(file, ": it isn't a file");
      closeSync(reader);
    });

    test('a socket', async () => {
      const file = newFile();
      const server = createServer().listen(file);
      await once(server, 'listening');
      await refused(file, ': the system says ENXIO');
      server.close();
    });

    test('a terminal', async () => {
      await refused('/dev/ptmx', ": it isn't a file");
    });
  });

  test.each([true, false])('is in the hands of the system when a record is (fsync: %s)', async isSynced => {
    const file = newFile();
    const store = await openStore(file, { isSynced });
    for (const body of ['1', '2']) {
      await store.append(factsOf(body));
      expect(readFileSync(file, 'utf8').endsWith('"end":true}\n')).toBe(true);
    }
    store.close();
    expect(await told(file)).toEqual(['1', '2']);
  });

  test('writes at once what comes at once, but for what is too much', async () => {
    const written: number[] = [];
    const write: Write = (descriptor, records) => {
      written.push(records.length);
      return writevSync(descriptor, records);
    };
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write });
    const large = 'y'.repeat(800_000);
    await Promise.all(['1', '2', '3'].map(body => store.append(factsOf(body))));
    await Promise.all([large, large, '4'].map(body => store.append(factsOf(body))));
    await Promise.all(Array.from({ length: 600 }, () => store.append(factsOf('x'))));
    store.close();
    expect(written).toEqual([3, 1, 1, 1, 512, 88]);
    expect((await told(file)).slice(0, 6)).toEqual(['1', '2', '3', large, large, '4']);
  });

  test('has what waits when it is closed', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false });
    const appended = [store.append(factsOf('1')), store.append(factsOf('2'))];
    store.close();
    expect(await Promise.all(appended.map(isTaken))).toEqual([true, true]);
    expect(await told(file)).toEqual(['1', '2']);
  });
});

describe('a record that the system doesn’t take', () => {
  const bodies = ['1', '2', '3', '4', '5'];

  test.each([undefined, 0, 1, 5, 6, 7, 100])('whole, but %s bytes of it, harms no other', async taken => {
    for (let nth = 1; nth <= bodies.length; nth += 1) {
      const file = newFile();
      const isWritten = await recordAll(file, bodies, { write: failing(call => call === nth, taken) });
      expect(isWritten).toEqual(bodies.map((_, index) => index !== nth - 1));
      // A line break alone is no record, torn or not.
      const trace = taken !== undefined && taken > 1 ? ['torn'] : [];
      expect(await told(file)).toEqual([...bodies.slice(0, nth - 1), ...trace, ...bodies.slice(nth)]);
    }
  });

  test('from some point on isn’t counted as written, nor any after it', async () => {
    for (let nth = 1; nth <= bodies.length; nth += 1) {
      const file = newFile();
      const isWritten = await recordAll(file, bodies, { write: failing(call => call >= nth, 50) });
      expect(isWritten).toEqual(bodies.map((_, index) => index < nth - 1));
      expect(await told(file)).toEqual(bodies.map((body, index) => (index < nth - 1 ? body : 'torn')));
    }
  });

  test.each([1, 7, 300, 700, 1000])(
    'whole, but %s bytes of five at once, is told apart from those that are',
    async taken => {
      const file = newFile();
      const store = await openStore(file, { isSynced: false, write: failing(() => true, taken) });
      const isWritten = await Promise.all(bodies.map(body => isTaken(store.append(factsOf(body)))));
      store.close();
      const whole = Math.floor(taken / encodeRecord(factsOf('1')).length);
      expect(isWritten).toEqual(bodies.map((_, index) => index < whole));
      expect((await told(file)).filter(body => body !== 'torn')).toEqual(bodies.slice(0, whole));
    },
  );

  test('is told with what happened, and what to do', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write: failing(call => call === 1, undefined) });
    await expect(store.append(factsOf('1'))).rejects.toThrow(
      expect.objectContaining({ code: 'local', message: `can't write to ${file}: the disk is full (ENOSPC)`, hint: 'make room there, or name a file elsewhere' }),
    ); // prettier-ignore
    store.close();
  });

  test('short is told with how much it took', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write: failing(() => true, 50) });
    await expect(store.append(factsOf('1'))).rejects.toThrow(/^.*captured\.ndjson took only 50 of \d+ bytes$/);
    store.close();
  });

  test('to the disk is a failure with --fsync alone', async () => {
    // It takes all that is written, but there is no disk behind it.
    expect(await recordAll('/dev/null', ['1'], { isSynced: true })).toEqual([false]);
    expect(await recordAll('/dev/null', ['1'], { isSynced: false })).toEqual([true]);
  });
});
