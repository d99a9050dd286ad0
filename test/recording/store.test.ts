import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, constants, lstatSync, mkdirSync, openSync, readFileSync, symlinkSync, truncateSync, writeFileSync, writeSync, writevSync } from 'node:fs'; // prettier-ignore
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { openStore } from '../../src/recording/store.js';
import { LocalError } from '../../src/errors.js';
import { descriptors } from '../support/descriptors.js';
import { temporaryFolder } from '../support/folder.js';

import { factsOf, isTaken, modeOf, newFile, recordAll, told, type Write } from './storing.js';

describe('a recording', () => {
  test('is readable by its owner only, and so are new folders', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a/b/captured.ndjson');
    await recordAll(file, ['x']);
    expect([file, path.dirname(file), path.join(folder, 'a')].map(modeOf)).toEqual(['600', '700', '700']);
  });

  test('leaves an existing folder and file unchanged', async () => {
    const file = path.join(temporaryFolder(), 'shared/captured.ndjson');
    mkdirSync(path.dirname(file), { mode: 0o755 });
    writeFileSync(file, '', { mode: 0o644 });
    await recordAll(file, ['x']);
    expect([path.dirname(file), file].map(modeOf)).toEqual(['755', '644']);
  });

  test('is appended to', async () => {
    const file = newFile();
    await recordAll(file, ['1', '2']);
    const before = readFileSync(file);
    await recordAll(file, ['3']);
    expect(readFileSync(file).subarray(0, before.length).equals(before)).toBe(true);
    expect(await told(file)).toEqual(['1', '2', '3']);
  });

  test('continues after a torn tail', async () => {
    const file = newFile();
    writeFileSync(file, '\n{"v":1,"kind":"requ');
    await recordAll(file, ['1']);
    expect(await told(file)).toEqual(['torn', '1']);
  });

  test.each(['{"event":{"id":"1"}}', 'my notes\n', '\n\n[1]', '{"v"'.repeat(2)])(
    'is not another kind of file: %j',
    async content => {
      const file = newFile();
      writeFileSync(file, content);
      await expect(openStore(file, { isSynced: false })).rejects.toThrow(
      expect.objectContaining({ code: 'local', message: `can't write to ${file}: it isn't a recording` }),
    ); // prettier-ignore
      expect(readFileSync(file, 'utf8')).toBe(content);
    },
  );

  test.each(['', '\n', '\n{"', '\n{"v":1,"ki'])('may be incomplete: %j', async begun => {
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
    ['.', "it's a folder (EISDIR)", 'use a file in it'],
    ['file/captured.ndjson', 'a file is in the way (EEXIST)', 'its folder is a file'],
    ['file/further/captured.ndjson', 'a file is in the way (ENOTDIR)', 'its folder is a file'],
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
      hint: 'a recording must be a regular file, not a pipe, a socket or a terminal',
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
      await refused(file, ": it isn't a file");
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

  test.each([true, false])('has each record handed to the system when write resolves (fsync: %s)', async isSynced => {
    const file = newFile();
    const store = await openStore(file, { isSynced });
    for (const body of ['1', '2']) {
      await store.append(factsOf(body));
      expect(readFileSync(file, 'utf8').endsWith('"end":true}\n')).toBe(true);
    }
    store.close();
    expect(await told(file)).toEqual(['1', '2']);
  });

  test('writes concurrent records at once, up to a limit', async () => {
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

  test('writes what is waiting when it is closed', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false });
    const appended = [store.append(factsOf('1')), store.append(factsOf('2'))];
    store.close();
    expect(await Promise.all(appended.map(isTaken))).toEqual([true, true]);
    expect(await told(file)).toEqual(['1', '2']);
  });
});

describe('the lines of a recording', () => {
  test('are only records, in a file that is new, empty or continued', async () => {
    for (const begun of [undefined, '']) {
      const file = newFile();
      if (begun !== undefined) writeFileSync(file, begun);
      await recordAll(file, ['1', '2']);
      await recordAll(file, ['3']);
      const ids = readFileSync(file, 'utf8').trimEnd().split('\n').map(line => (JSON.parse(line) as { id: string }).id); // prettier-ignore
      expect(ids).toEqual(['1', '2', '3']);
    }
  });

  test('of two writers in turn have no blank one between them', async () => {
    const file = newFile();
    const stores = await Promise.all([1, 2].map(() => openStore(file, { isSynced: false })));
    for (const body of ['1', '2', '3', '4']) for (const store of stores) await store.append(factsOf(body));
    for (const store of stores) store.close();
    expect(readFileSync(file, 'utf8').split('\n').filter(line => line === '')).toHaveLength(1); // prettier-ignore
    expect(await told(file)).toEqual(['1', '1', '2', '2', '3', '3', '4', '4']);
  });
});

describe('another program’s write', () => {
  /** Writes the records in two pieces, and lets the other program act in between. */
  const inTwo =
    (at: number, between: () => void): Write =>
    (descriptor, records) => {
      const bytes = Buffer.concat(records as Buffer[]);
      const taken = writeSync(descriptor, bytes, 0, at);
      between();
      return taken + writeSync(descriptor, bytes, at);
    };

  test('in the middle fails only the record that isn’t in one piece', async () => {
    const file = newFile();
    const store = await openStore(file, {
      isSynced: false,
      write: inTwo(lengthOf('1') + 20, () => {
        appendFileSync(file, '{"by another');
      }),
    });
    const isWritten = await Promise.all(['1', '2', '3'].map(body => isTaken(store.append(factsOf(body)))));
    store.close();
    expect(isWritten).toEqual([true, false, true]);
    expect((await told(file)).filter(body => body.length === 1)).toEqual(['1', '3']);
  });

  test('of part of a line fails the next record, since it isn’t on its own line', async () => {
    const file = newFile();
    await recordAll(file, ['0']);
    const store = await openStore(file, {
      isSynced: false,
      write: (descriptor, records) => {
        appendFileSync(file, '{"v":1,"ki');
        return writevSync(descriptor, records);
      },
    });
    await expect(store.append(factsOf('1'))).rejects.toThrow(
      `another program changed ${file} while a record was written`,
    );
    store.close();
  });

  test('that empties the file: before a record keeps it, after a record loses it', async () => {
    const file = newFile();
    const actions = [() => { truncateSync(file); }, () => undefined]; // prettier-ignore
    for (const isBefore of [true, false]) {
      const store = await openStore(file, {
        isSynced: false,
        write: (descriptor, records) => {
          const [before, after] = isBefore ? actions : [...actions].reverse();
          before?.();
          const taken = writevSync(descriptor, records);
          after?.();
          return taken;
        },
      });
      expect(await isTaken(store.append(factsOf('1')))).toBe(isBefore);
      store.close();
    }
  });
});

const lengthOf = (body: string): number => encodeRecord(factsOf(body)).length;
