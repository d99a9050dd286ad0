import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { visit } from '../page/visitor.js';
import { freePort } from '../support/free-port.js';
import { floor, outputOf, run, serve, type Bed } from './bed.js';
import { measure, single, type Row } from './figure.js';

const requests = 20_000;

interface Answered {
  accepted: number;
  others: number;
  perSecond: number;
}

/** Requests per second that `listen` accepts, shows and refuses. */
export const receiving = async (bed: Bed, pairs: number): Promise<Row[]> => [
  await listening(bed, pairs),
  await showing(bed, pairs),
  ...(await refusing(bed, pairs)),
];

const shot = ({ folder, peer }: Bed, url: string, bodies: 'fresh' | 'same'): Answered =>
  JSON.parse(
    outputOf(folder, ['node', floor('autocannon.js'), peer('autocannon'), url, String(requests), bodies]),
  ) as Answered;

/** Requests that `send` makes: by the program's own clock, and from start to exit. The receiver's share is the same for both. */
export async function sending(bed: Bed, pairs: number): Promise<Row[]> {
  const { folder, bin, peer } = bed;
  const receiver = await serve(folder, ['node', floor('http-server.js')]);
  const line = ['send', '--status', 'APPROVED', '--count', String(requests), '--concurrency', '50'];
  const byClock = await measure(
    {
      what: '`send --concurrency 50`, a new signed body each time',
      against: 'autocannon, making and signing each body',
      reach: { least: 1.3 },
      unit: '/s',
      ours: () => {
        const summary = JSON.parse(outputOf(folder, ['node', bin, ...line, '--url', receiver.url, '--json'])) as {
          perSecond: number;
          expected: number;
        };
        if (summary.expected !== requests) throw new Error(`only ${summary.expected} were accepted`);
        return Promise.resolve(summary.perSecond);
      },
      theirs: () => Promise.resolve(whole(shot(bed, receiver.url, 'fresh'))),
    },
    pairs,
  );
  const busy = receiver.spent();
  const seconds = async (program: readonly string[]) => (await run(folder, program)).seconds;
  const asWhole = await measure(
    {
      what: 'the same, from start to exit',
      against: 'autocannon, from start to exit',
      reach: { most: 0.77 },
      unit: 's',
      ours: () => seconds(['node', bin, ...line, '--url', receiver.url, '--quiet']),
      theirs: () =>
        seconds(['node', floor('autocannon.js'), peer('autocannon'), receiver.url, String(requests), 'fresh']),
    },
    pairs,
  );
  const share = single({
    what: "the receiver's CPU time for each request of these loads",
    unit: 'µs',
    ours: Math.round((busy / (requests * (byClock.pairs ?? 1) * 2 + requests * 2)) * 1e6),
    reach: undefined,
  });
  await receiver.stop();
  return [byClock, asWhole, share];
}

async function listening(bed: Bed, pairs: number): Promise<Row> {
  const { folder, bin } = bed;
  const file = path.join(folder, 'saved.ndjson');
  return measure(
    {
      what: '`listen --save`: verified, validated, printed, saved',
      against: 'bare `node:http` that reads the body',
      reach: { least: 0.34 },
      unit: '/s',
      ours: async () => {
        rmSync(file, { force: true });
        const rate = await under(bed, ['node', bin, 'listen', '--port', '0', '--save', file]);
        const saved = readFileSync(file, 'latin1').split('\n').filter(line => line.includes('"kind":"request"')).length; // prettier-ignore
        if (saved !== requests) throw new Error(`${requests} were acknowledged, and ${saved} are in the recording`);
        return rate;
      },
      theirs: () => under(bed, ['node', floor('http-server.js')]),
    },
    pairs,
  );
}

/** The same, with and without an open page. */
async function showing(bed: Bed, pairs: number): Promise<Row> {
  const { folder, bin } = bed;
  const file = path.join(folder, 'shown.ndjson');
  const rate = (...flags: string[]) => {
    rmSync(file, { force: true });
    return under(bed, ['node', bin, 'listen', '--port', '0', '--save', file, ...flags]);
  };
  return measure(
    {
      what: '`listen --save --web`, with the page open',
      against: '`listen --save`',
      reach: { least: 0.9 },
      unit: '/s',
      ours: () => rate('--web'),
      theirs: () => rate(),
    },
    pairs,
  );
}

async function under(bed: Bed, server: readonly string[]): Promise<number> {
  const serving = await serve(bed.folder, server);
  const follower = serving.page === undefined ? undefined : await visit(serving.page).then(visitor => visitor.follow());
  try {
    return whole(shot(bed, serving.url, 'same'));
  } finally {
    follower?.response.destroy();
    await serving.stop();
  }
}

function whole({ accepted, others, perSecond }: Answered): number {
  if (accepted !== requests) throw new Error(`only ${accepted} were accepted, ${others} weren't`);
  return perSecond;
}

/** Debian's `webhook` runs a program for what it accepts, so both get requests that they verify and refuse. */
async function refusing(bed: Bed, pairs: number): Promise<Row[]> {
  const { folder, bin, has } = bed;
  if (!has('webhook')) return [];
  const hooks = path.join(folder, 'hooks.json');
  const parameter = { source: 'header', name: 'x-fin-signature' };
  const rule = { match: { type: 'payload-hmac-sha256', secret: 'another secret', parameter } };
  const answers = { 'trigger-rule-mismatch-http-response-code': 401 };
  writeFileSync(
    hooks,
    JSON.stringify([{ id: 'fin', 'execute-command': '/bin/true', 'trigger-rule': rule, ...answers }]),
  );
  const refused = (url: string) =>
    Promise.resolve(shot(bed, url, 'same')).then(({ others, perSecond }) => {
      if (others !== requests) throw new Error(`only ${others} were refused`);
      return perSecond;
    });
  const ours = await serve(folder, ['env', 'WEBHOOK_SECRET=another secret', 'node', bin, 'listen', '--port', '0']);
  const port = await freePort();
  const line = ['webhook', '-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port), '-verbose'];
  const theirs = await serve(folder, ['sh', '-c', `echo http://127.0.0.1:${port}; exec ${line.join(' ')} 2>&1`]);
  await reachable(port);
  const row = await measure(
    {
      what: '`listen`, forged requests refused and printed',
      against: '`webhook` (Go) refusing them',
      unit: '/s',
      ours: () => refused(ours.url),
      theirs: () => refused(`${theirs.url}hooks/fin`),
    },
    pairs,
  );
  await Promise.all([ours.stop(), theirs.stop()]);
  return [row];
}

async function reachable(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
