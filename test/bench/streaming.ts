import path from 'node:path';
import { floor, run, untilFirstLine, type Bed } from './bed.js';
import { measure, single, type Row } from './figure.js';
import { writeEvents, writeRecording } from './large-recording.js';

/** Resident memory, in MB. */
const mostMemory = { most: 150 };

/** Files far larger than memory should be: how fast they are read, and with how much memory. */
export async function streaming(bed: Bed, pairs: number): Promise<Row[]> {
  const { folder, bin, has } = bed;
  const [recording, events] = [path.join(folder, 'recording.ndjson'), path.join(folder, 'events.ndjson')];
  await writeRecording(recording, 300);
  await writeEvents(events, 500);
  const seconds = async (line: readonly string[]) => (await run(folder, line)).seconds;
  const rows: Row[] = [];
  if (has('jq')) {
    for (const [flags, most] of [
      [[], 1],
      [['--quiet'], 0.85],
    ] as const) {
      rows.push(
        await measure(
          {
            what: `\`${['verify', ...flags].join(' ')}\` of a recording of 300 MiB`,
            against: '`jq -c empty`',
            reach: { most },
            unit: 's',
            ours: () => seconds(['node', bin, 'verify', recording, ...flags]),
            theirs: () => seconds(['jq', '-c', 'empty', recording]),
          },
          pairs,
        ),
      );
    }
  }
  const speed = async (line: readonly string[]) => 500 / (await seconds(line));
  rows.push(
    await measure(
      {
        what: '`validate` of 500 MiB of NDJSON, MiB',
        against: 'a loop of `JSON.parse` alone',
        reach: { least: 0.84 },
        unit: '/s',
        ours: () => speed(['node', bin, 'validate', events]),
        theirs: () => speed(['node', floor('json-parse.js'), events]),
      },
      pairs,
    ),
  );
  rows.push(
    await measure(
      {
        what: '`inspect` of a recording of 300 MiB, all of it',
        against: '`verify --quiet` of it',
        reach: { most: 0.8 },
        unit: 's',
        ours: () => seconds(['node', bin, 'inspect', recording]),
        theirs: () => seconds(['node', bin, 'verify', recording, '--quiet']),
      },
      pairs,
    ),
    await measure(
      {
        what: '`inspect` of a recording of 300 MiB, until its first line',
        against: '`node -e 0`',
        reach: { most: 2.2 },
        unit: 's',
        ours: () => untilFirstLine(folder, ['node', bin, 'inspect', recording]),
        theirs: () => seconds(['node', '-e', '0']),
      },
      pairs,
    ),
  );
  const memory = async (line: readonly string[], { secret = 'test_secret', accepted = [0] } = {}) => {
    const { resident } = await run(folder, ['env', `WEBHOOK_SECRET=${secret}`, 'node', bin, ...line], accepted);
    return Math.round(resident);
  };
  const [large, unit] = [path.join(folder, 'large.ndjson'), 'MB'];
  await writeRecording(large, 2048);
  rows.push(
    single({ what: '`verify` of 2 GiB, resident', unit, ours: await memory(['verify', large]), reach: mostMemory }),
    single({
      what: '`verify` of 300 MiB, all signatures wrong, resident',
      unit,
      ours: await memory(['verify', recording], { secret: 'another secret', accepted: [1] }),
      reach: mostMemory,
    }),
    single({
      what: '`validate` of 500 MiB, resident',
      unit,
      ours: await memory(['validate', events]),
      reach: mostMemory,
    }),
  );
  return rows;
}
