import { readFileSync, renameSync } from 'node:fs';
import { Agent } from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { deliver, eventOf, startSaving } from '../crash/saving.js';
import { temporaryFolder } from '../support/folder.js';
import { canPreload, preloadable } from '../support/preload/preload.js';

test.skipIf(!canPreload)(
  'with --fsync, a recording and its name are on the disk before each response (needs Linux and cc)',
  async () => {
    const folder = temporaryFolder();
    const [file, log] = [path.join(folder, 'a', 'b', 'captured.ndjson'), path.join(folder, 'synced')];
    const environment = { LD_PRELOAD: preloadable('synced'), SYNCED: log };
    const { url } = await startSaving(file, { flags: ['--fsync'], environment });
    const synced = (): string[] => readFileSync(log, 'utf8').trimEnd().split('\n').map(name => path.relative(folder, name)); // prettier-ignore
    const opened = ['a/b', 'a', ''];
    expect(synced()).toEqual(opened);
    const agent = new Agent();
    const recorded = ['a/b/captured.ndjson'];
    expect(await deliver(url, eventOf(1, 1).body, agent)).toBe(200);
    expect(synced()).toEqual([...opened, ...recorded]);
    renameSync(file, `${file}.1`);
    expect(await deliver(url, eventOf(1, 2).body, agent)).toBe(200);
    expect(synced()).toEqual([...opened, ...recorded, 'a/b', ...recorded]);
  },
);
