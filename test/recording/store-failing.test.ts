import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { openStore } from '../../src/recording/store.js';

import { factsOf, failing, isTaken, newFile, recordAll, told } from './storing.js';

describe('a record that the system doesn’t write', () => {
  const bodies = ['1', '2', '3', '4', '5'];

  test.each([undefined, 0, 1, 5, 6, 7, 100])('in full (only %s bytes of it) doesn’t damage the others', async taken => {
    for (let nth = 1; nth <= bodies.length; nth += 1) {
      const file = newFile();
      const isWritten = await recordAll(file, bodies, { write: failing(call => call === nth, taken) });
      expect(isWritten).toEqual(bodies.map((_, index) => index !== nth - 1));
      const trace = taken !== undefined && taken > 0 ? ['torn'] : [];
      expect(await told(file)).toEqual([...bodies.slice(0, nth - 1), ...trace, ...bodies.slice(nth)]);
    }
  });

  test('from some point on isn’t counted as written, nor are later ones', async () => {
    for (let nth = 1; nth <= bodies.length; nth += 1) {
      const file = newFile();
      const isWritten = await recordAll(file, bodies, { write: failing(call => call >= nth, 50) });
      expect(isWritten).toEqual(bodies.map((_, index) => index < nth - 1));
      expect(await told(file)).toEqual(bodies.map((body, index) => (index < nth - 1 ? body : 'torn')));
    }
  });

  test.each([1, 7, 300, 700, 1000])(
    'in full (only %s bytes of five at once) is distinguished from the written ones',
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

  test('is reported with the reason and what to do', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write: failing(call => call === 1, undefined) });
    await expect(store.append(factsOf('1'))).rejects.toThrow(
      expect.objectContaining({ code: 'local', message: `can't write to ${file}: the disk is full (ENOSPC)`, hint: 'free some space, or use a file in another folder' }),
    ); // prettier-ignore
    store.close();
  });

  test('in full is reported with the number of bytes written', async () => {
    const file = newFile();
    const store = await openStore(file, { isSynced: false, write: failing(() => true, 50) });
    await expect(store.append(factsOf('1'))).rejects.toThrow(
      /^.*only 50 of \d+ bytes were written to .*captured\.ndjson$/,
    );
    store.close();
  });

  test('to the disk is a failure only with --fsync', async () => {
    // It accepts all writes, but has no disk behind it.
    expect(await recordAll('/dev/null', ['1'], { isSynced: true })).toEqual([false]);
    expect(await recordAll('/dev/null', ['1'], { isSynced: false })).toEqual([true]);
  });
});
