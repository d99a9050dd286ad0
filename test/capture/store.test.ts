import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, lstatSync, mkdirSync, openSync, readFileSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { entriesOf } from '../support/recording.js';
import type { RecordFacts } from '../../src/capture/record.js';
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
  const isWritten = bodies.map(body => {
    try {
      store.append(factsOf(body));
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(LocalError);
      return false;
    }
  });
  store.close();
  return isWritten;
}

type Write = NonNullable<StoreOptions['write']>;

/** The system's own, but for the calls that `isFailing`: these take `taken` bytes, or throw where it is undefined. */
function failing(isFailing: (call: number) => boolean, taken: number | undefined): Write {
  let call = 0;
  return (descriptor: number, bytes: NodeJS.ArrayBufferView | string): number => {
    call += 1;
    if (typeof bytes === 'string') throw new Error('a record is bytes');
    if (!isFailing(call)) return writeSync(descriptor, bytes);
    if (taken === undefined) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    return writeSync(descriptor, bytes, 0, taken);
  };
}

describe('a recording that is opened', () => {
  test('is its owner’s alone, and so are the folders made for it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a/b/captured.ndjson');
    await recordAll(file, ['x']);
    expect([file, path.dirname(file), path.join(folder, 'a')].map(modeOf)).toEqual(['600', '700', '700']);
  });

  test('leaves a folder that is there as it is', async () => {
    const folder = path.join(temporaryFolder(), 'shared');
    mkdirSync(folder, { mode: 0o755 });
    await recordAll(path.join(folder, 'captured.ndjson'), ['x']);
    expect(modeOf(folder)).toBe('755');
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
      store.append(factsOf(body));
      expect(readFileSync(file, 'utf8').endsWith('"end":true}\n')).toBe(true);
    }
    store.close();
    expect(await told(file)).toEqual(['1', '2']);
  });

  test('writes each record at once', async () => {
    const written: number[] = [];
    const write: Write = (descriptor: number, bytes: NodeJS.ArrayBufferView | string): number => {
      written.push(Buffer.byteLength(bytes));
      return typeof bytes === 'string' ? 0 : writeSync(descriptor, bytes);
    };
    const file = newFile();
    await recordAll(file, ['x', 'y'.repeat(1_000_000)], { write });
    expect(written).toHaveLength(2);
    expect(statSync(file).size).toBe(written[0]! + written[1]!);
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

  test('is told with what happened, and what to do', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write: failing(call => call === 1, undefined) });
    expect(() => {
      store.append(factsOf('1'));
    }).toThrow(
      expect.objectContaining({ code: 'local', message: `can't write to ${file}: the disk is full (ENOSPC)`, hint: 'make room there, or name a file elsewhere' }),
    ); // prettier-ignore
    store.close();
  });

  test('short is told with how much it took', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write: failing(() => true, 50) });
    expect(() => {
      store.append(factsOf('1'));
    }).toThrow(/^.*captured\.ndjson took only 50 of \d+ bytes$/);
    store.close();
  });

  test('to the disk is a failure with --fsync alone', async () => {
    // It takes all that is written, but there is no disk behind it.
    expect(await recordAll('/dev/null', ['1'], { isSynced: true })).toEqual([false]);
    expect(await recordAll('/dev/null', ['1'], { isSynced: false })).toEqual([true]);
  });
});
