import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, webhookCli, type Run } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

type Event = Record<'event' | 'data', Record<string, unknown>>;

interface Sent extends Run {
  bodies: Buffer[];
  events: Event[];
}

/** The result of `send` with these flags. */
async function send(...flags: string[]): Promise<Sent> {
  const { url, received } = await startReceiver();
  const run = await webhookCli(['send', ...flags, '--url', url], { env });
  const bodies = received.map(({ body }) => body);
  return { ...run, bodies, events: bodies.map(body => JSON.parse(body.toString()) as Event) };
}

const generated = ['-s', 'APPROVED', '--seed', '1'];

describe('--set', () => {
  test.each([
    ['a generated event', generated],
    ['a fixture', ['-f', 'approved']],
  ])('changes %s, and nothing else in it', async (_, source) => {
    const { events: [plain] } = await send(...source); // prettier-ignore
    const { exitCode, stderr, events } = await send(...source, '--set', 'data.email=x@example.com');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(events).toEqual([{ ...plain, data: { ...plain?.data, email: 'x@example.com' } }]);
  });

  test('reads the value as JSON if it parses, and as text otherwise', async () => {
    const values = ['a=1.5', 'b=true', 'c=null', 'd="1"', 'e={"f":[1]}', 'f=007', 'g=', 'h=a=b', 'i=NaN', 'j={'];
    const { exitCode, events } = await send('-f', 'approved', ...values.flatMap(value => ['--set', `data.x.${value}`]));
    expect(exitCode).toBe(0);
    expect(events[0]?.data['x']).toEqual({
      ...{ a: 1.5, b: true, c: null, d: '1', e: { f: [1] } },
      ...{ f: '007', g: '', h: 'a=b', i: 'NaN', j: '{' },
    });
  });

  test('reaches into arrays, and appends to them', async () => {
    const { exitCode, events } = await send(
      ...['-f', 'business-approved'],
      ...['--set', 'data.associated_parties[0].email=new@example.com'],
      ...['--set', 'data.associated_parties.2={"id":"third"}'],
    );
    expect(exitCode).toBe(0);
    expect(events[0]?.data['associated_parties']).toMatchObject([{ email: 'new@example.com' }, {}, { id: 'third' }]);
  });

  test('applies to each of several statuses', async () => {
    const { events } = await send('-s', 'QUEUED,APPROVED', '--set', 'data.note=n');
    expect(events.map(({ data }) => data['note'])).toEqual(['n', 'n']);
  });

  test('treats __proto__ as plain data', async () => {
    const { exitCode, bodies } = await send('-f', 'approved', '--set', 'data.__proto__.polluted=yes', '--set', '__proto__.polluted=yes'); // prettier-ignore
    expect(exitCode).toBe(0);
    expect(bodies[0]?.toString().match(/"__proto__":\{"polluted":"yes"\}/g)).toHaveLength(2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('takes precedence over --customer, --now and --seed', async () => {
    const flags = ['--customer', 'c', '--now', '2026-02-03', '--seed', '1'];
    const { events } = await send('-f', 'approved', ...flags, '--set', 'data.customer_id=mine');
    expect(events[0]).toMatchObject({ event: { event_reference_id: 'c' }, data: { customer_id: 'mine' } });
  });
});

test('--unset removes a key, or an item of an array', async () => {
  const places = ['data.phone', 'data.associated_parties[1]', 'data.associated_parties[0].email'];
  const { exitCode, events } = await send('-f', 'business-approved', ...places.flatMap(place => ['--unset', place]));
  expect(exitCode).toBe(0);
  expect(events[0]?.data).not.toHaveProperty('phone');
  expect(events[0]?.data['associated_parties']).toHaveLength(1);
  expect(events[0]?.data['associated_parties']).not.toHaveProperty('0.email');
});

describe('--allow-unknown', () => {
  test('sends an undocumented status with its case unchanged', async () => {
    const { exitCode, events } = await send('-s', 'Frozen,approved', '--allow-unknown');
    expect(exitCode).toBe(0);
    expect(events.map(({ data }) => data['customer_status'])).toEqual(['Frozen', 'APPROVED']);
  });

  test('is suggested when one is refused', async () => {
    const { exitCode, stderr, bodies } = await send('-s', 'QUEUED,FROZEN');
    expect({ exitCode, bodies }).toEqual({ exitCode: 2, bodies: [] });
    expect(stderr).toContain('--allow-unknown allows others');
  });
});

test('a status that only the REST API has is sent with a warning', async () => {
  const { exitCode, stderr, events } = await send('-s', 'incomplete');
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^warning: INCOMPLETE is a status of Fin's REST API/);
  expect(events[0]?.data['customer_status']).toBe('INCOMPLETE');
});

describe('an event that is no longer valid', () => {
  test.each([
    [['--unset', 'data.customer_id'], 'data.customer_id is missing'],
    [['--set', 'data.email=5'], 'data.email should be a string and is a number'],
    [['--set', 'data.type=ROBOT'], 'data.type should be INDIVIDUAL or BUSINESS'],
    [['--set', 'event.created_at=yesterday'], "event.created_at isn't an RFC 3339 time"],
    [['--set', 'event=null'], 'event should be an object and is null'],
  ])('with %j gives exit code 65 and isn’t sent; --invalid sends it', async (flags, words) => {
    for (const source of [generated, ['-f', 'approved']]) {
      const refused = await send(...source, ...flags);
      expect({ exitCode: refused.exitCode, bodies: refused.bodies }).toEqual({ exitCode: 65, bodies: [] });
      expect(refused.stderr).toContain(`error: the payload isn't a valid event: ${words}`);
      expect(refused.stderr).toContain('hint: add --invalid to send it anyway');
      expect(await send(...source, ...flags, '--invalid')).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });
});

describe('gives exit code 2, and sends nothing:', () => {
  test.each([
    [['--set', 'data.amount=12345678901234567890'], 'would be sent as 12345678901234567000'],
    [['--set', 'data.amount=1.0'], 'would be sent as 1'],
    [['--set', 'data.amount=1e999'], 'would be sent as null'],
    [['--set', 'data.amount=-0'], 'would be sent as 0'],
    [['--set', 'data.email'], '--set: "data.email" isn\'t a path=value pair'],
    [['--set', '=x'], '--set: "=x" isn\'t a path=value pair'],
    [['--set', 'data..email=x'], '--set: "data..email" isn\'t a path'],
    [['--set', 'data.type.x=1'], 'data.type has nothing below it'],
    [['--unset', 'data.phnoe'], 'did you mean "data.phone"?'],
    [['--unset', ''], '--unset: "" isn\'t a path'],
    [['--seed', '4294967296'], "isn't a whole number from 0 to 4,294,967,295"],
    [['--customer', ''], '--customer: the value is empty'],
  ])('%j', async (flags, words) => {
    const { exitCode, stderr, bodies } = await send('-f', 'approved', ...flags);
    expect({ exitCode, bodies }).toEqual({ exitCode: 2, bodies: [] });
    expect(stderr).toContain(words);
  });

  test.each([
    ['--set', 'a=1'],
    ['--unset', 'a'],
    ['--seed', '1'],
    ['--now', '2026-01-31'],
    ['--customer', 'c'],
    ['--type', 'BUSINESS'],
    ['--invalid'],
    ['--allow-unknown'],
  ])('%s with a file, whose bytes are sent unchanged', async (...flag) => {
    // prettier-ignore
    const { exitCode, stderr, bodies } = await send(path.join(root, 'fixtures/events/approved.json'), ...flag);
    expect({ exitCode, bodies }).toEqual({ exitCode: 2, bodies: [] });
    expect(stderr).toContain(`${flag[0]} doesn't apply to files`);
  });
});

describe('the same seed and time give the same bytes', () => {
  test.each([
    ['of statuses', ['-s', 'QUEUED,APPROVED']],
    ['of a business', ['-s', 'APPROVED', '--type', 'BUSINESS']],
    ['of fixtures', ['-f', 'queued', '-f', 'approved']],
  ])('%s, and another seed gives others', async (_, source) => {
    const flags = [...source, '--now', '2026-01-31T09:30:00Z', '--set', 'data.note=n'];
    const [one, again, other] = [await send(...flags, '--seed', '7'), await send(...flags, '--seed', '7'), await send(...flags, '--seed', '8')]; // prettier-ignore
    expect(again.bodies).toEqual(one.bodies);
    const ids = [...one.events, ...other.events].map(({ event }) => event['id']);
    expect(new Set(ids).size).toBe(one.events.length * 2);
  });
});

test('sends an unchanged fixture exactly as it ships, with its line breaks', async () => {
  const file = path.join(root, 'fixtures/events/approved.json');
  const copy = path.join(temporaryFolder(), 'copy.json');
  writeFileSync(copy, readFileSync(file));
  expect((await send('-f', 'approved')).bodies).toEqual([readFileSync(file)]);
  expect((await send(copy)).bodies).toEqual([readFileSync(file)]);
});
