import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { approved, signatureOf } from '../support/listening.js';
import { root } from '../support/cli.js';
import { floor, run, serve, untilFirstLine, type Bed } from './bed.js';
import { measure, type Figure, type Row } from './figure.js';

/** From the start of a process to its end, compared with Node itself. */
export async function startup(bed: Bed, pairs: number): Promise<Row[]> {
  const { folder, bin, peer } = bed;
  const node = ['node', '-e', '0'];
  const seconds = async (line: readonly string[]) => (await run(folder, line)).seconds;
  const receiver = await serve(folder, ['node', floor('http-server.js')]);
  const file = path.join(root, 'fixtures/events/approved.json');
  const verify = ['verify', '--body', file, '--signature', signatureOf(approved)['x-fin-signature']];

  const against = (what: string, line: readonly string[], reach?: Figure['reach']): Figure => ({
    ...{ what, against: '`node -e 0`', reach, unit: 's' },
    ours: () => seconds(line),
    theirs: () => seconds(node),
  });
  const ours = (line: readonly string[], most: number) =>
    against(`\`${line.join(' ')}\``, ['node', bin, ...line], { most });

  const library = pathToFileURL(path.join(path.dirname(bin), '../dist/library/index.js')).href;
  const receiving = `import { createReceiver } from '${library}';
    const receiver = await createReceiver({ secret: 'k7Qz2mVx9LpT' });
    await receiver.close();`;

  const figures: Figure[] = [
    ours(['--version'], 1.35),
    ours(['--help'], 1.6),
    ours(['send', '--help'], 1.7),
    { ...ours(verify, 2.2), what: '`verify` of one request' },
    { ...ours(['validate', file], 2.3), what: '`validate` of one file' },
    {
      ...ours(['listen'], 2.3),
      what: '`listen` until it is ready',
      ours: () => untilFirstLine(folder, ['node', bin, 'listen', '--port', '0']),
    },
    {
      ...ours(['send', '--status', 'APPROVED', '--url', receiver.url], 4.5),
      what: 'one `send`, start to exit',
    },
    {
      ...ours(['send', '--fixture', 'approved', '--url', receiver.url], 4.5),
      what: 'one `send` of a fixture, which generates nothing',
    },
    against('`import` of the library', ['node', '--input-type=module', '-e', `import '${library}'`], { most: 1.6 }),
    against('`createReceiver`, until it is closed', ['node', '--input-type=module', '-e', receiving], { most: 2.3 }),
    against('Stripe CLI `--help`', [peer('.bin/stripe'), '--help']),
    against('smee-client `--help`', [peer('.bin/smee'), '--help']),
    against('autocannon `--help`', [peer('.bin/autocannon'), '--help']),
  ];
  const rows: Row[] = [];
  for (const figure of figures) rows.push(await measure(figure, pairs));
  await receiver.stop();
  return rows;
}
