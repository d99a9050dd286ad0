import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadedBy } from '../support/loaded.js';
import { outputOf, run, serve, type Bed } from './bed.js';
import { median, single, type Row } from './figure.js';

/** What is downloaded, what every start reads, and the whole of `check`, which has no comparison. */
export async function sizes({ folder, bin }: Bed): Promise<Row[]> {
  const dist = path.join(path.dirname(bin), '../dist');
  const sizeOf = (file: string) => statSync(path.join(dist, file)).size / 1000;
  const scripts = readdirSync(dist).filter(file => file.endsWith('.cjs'));
  const sizeFor = (flag: string) =>
    Math.round(loadedBy([flag], folder).files.reduce((sum, file) => sum + sizeOf(file), 0));
  const packed = JSON.parse(
    outputOf(folder, ['npm', 'pack', '--dry-run', '--json', '--ignore-scripts', path.dirname(path.dirname(bin))]),
  ) as [{ size: number }];
  const [unit, all] = ['kB', scripts.reduce((sum, file) => sum + sizeOf(file), 0)];
  return [
    single({
      what: 'the entry, which is all that `--version` loads',
      unit,
      ours: sizeFor('--version'),
      reach: { most: 60 },
    }),
    single({
      what: 'the entry with the parser, which is all that `--help` loads',
      unit,
      ours: sizeFor('--help'),
      reach: undefined,
    }),
    single({ what: 'all JavaScript', unit, ours: Math.round(all), reach: { most: 1600 } }),
    single({ what: 'the tarball, one package', unit, ours: Math.round(packed[0].size / 1000), reach: undefined }),
    await wholeCheck({ folder, bin }),
  ];
}

async function wholeCheck({ folder, bin }: Pick<Bed, 'folder' | 'bin'>): Promise<Row> {
  const receiver = await serve(folder, ['node', bin, 'listen', '--port', '0']);
  const seconds: number[] = [];
  for (let index = 0; index < 3; index += 1) {
    seconds.push((await run(folder, ['node', bin, 'check', receiver.url])).seconds);
  }
  await receiver.stop();
  const ours = Math.round(median(seconds) * 10) / 10;
  return single({ what: 'the whole of `check`, against `listen`', unit: 's', ours, reach: { most: 2 } });
}
