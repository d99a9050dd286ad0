import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate } from '../../src/event/locate.js';
import { summarise } from '../../src/event/summary.js';
import { inspect } from '../support/events.js';
import { changed, fullDocument, published } from './published.js';

const full = published('full_2026-01.compact.json');
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

test.each([
  ['a byte that UTF-8 never uses', Buffer.concat([full, Buffer.from([0xff])])],
  ['a character cut in two', Buffer.from('{"a":"é"}').subarray(0, 7)],
  ['an encoded surrogate', Buffer.from('22eda08022', 'hex')],
])('%s isn’t UTF-8', (_, body) => {
  expect(inspect(body)).toEqual({
    isEvent: false,
    problems: [{ level: 'error', code: 'not-utf8', path: [] }],
    omitted: 0,
    json: undefined,
  });
});

const utf16 = Buffer.from(`\ufeff${full.toString()}`, 'utf16le');

test.each([
  ['UTF-16LE', utf16],
  ['UTF-16LE', utf16.subarray(2)],
  ['UTF-16BE', Buffer.from(utf16).swap16()],
  ['UTF-16BE', Buffer.from(utf16).swap16().subarray(2)],
  ['gzip', gzipSync(full)],
])('%s is recognised', (found, body) => {
  const { problems, text } = inspect(body);
  expect(problems).toEqual([{ level: 'error', code: 'not-utf8', path: [], found }]);
  expect(locate(body, { problems, text })).toMatchObject([{ line: 1, column: 1 }]);
});

test.each([
  ['nothing', ''],
  ['blanks', ' \n'],
  ['half a document', full.toString().slice(0, -1)],
  ['two documents', `${full.toString()}${full.toString()}`],
  ['a trailing comma', '{"event":{},}'],
  ['NaN', 'NaN'],
  ['single quotes', "{'event':{}}"],
  ['a form', 'event=1&data=2'],
  ['a NUL after the document', `${full.toString()}\0`],
])('%s isn’t JSON', (_, text) => {
  expect(inspect(Buffer.from(text))).toEqual({
    isEvent: false,
    text,
    problems: [{ level: 'error', code: 'not-json', path: [] }],
    omitted: 0,
    json: undefined,
  });
});

test('a byte order mark is a warning, and the rest is read', () => {
  const { isEvent, problems, json } = inspect(Buffer.concat([byteOrderMark, full]));
  expect(isEvent).toBe(true);
  expect(problems).toEqual([{ level: 'warning', code: 'byte-order-mark', path: [] }]);
  expect(summarise(json).status).toBe('QUEUED');
});

test('a byte order mark before broken JSON isn’t the only problem reported', () => {
  const { isEvent, problems } = inspect(Buffer.concat([byteOrderMark, Buffer.from('null')]));
  expect(isEvent).toBe(false);
  expect(problems.map(({ code }) => code)).toEqual(['byte-order-mark', 'wrong-type']);
});

test.each([
  ['is the whole body', deep, false],
  ['stands at an unknown key', `{"x":${deep},${full.toString().slice(1)}`, true],
  ['stands for the event', `{"event":${deep}}`, false],
  ['stands for a name', full.toString().replace('"afroja"', deep), false],
])('50,000 nested arrays do no harm if it %s', (_, text, isEvent) => {
  expect(inspect(Buffer.from(text)).isEvent).toBe(isEvent);
});

test('__proto__ and constructor are ordinary keys', () => {
  const text = full.toString().replace('"id":', '"__proto__":{"id":"hidden"},"constructor":{"prototype":{}},"id":');
  const { isEvent, problems, json } = inspect(Buffer.from(text));
  expect(isEvent).toBe(true);
  expect(problems).toEqual([
    { level: 'warning', code: 'unknown-key', path: ['event', '__proto__'] },
    { level: 'warning', code: 'unknown-key', path: ['event', 'constructor'] },
  ]);
  expect(summarise(json).id).toBe('29ceb6c4-4849-4312-9b2b-5e8360647da0');
  expect(Object.hasOwn(Object.prototype, 'id')).toBe(false);
});

test('the contents of __proto__ don’t replace missing keys', () => {
  const { isEvent, problems, json } = inspect(Buffer.from(`{"__proto__":${full.toString()}}`));
  expect(isEvent).toBe(false);
  expect(problems).toMatchObject([
    { code: 'missing', path: ['event'] },
    { code: 'missing', path: ['data'] },
  ]);
  expect(summarise(json)).toEqual({});
});

const canary = 'canary@personal.example';

test.each([
  ['the id', changed('event.id', [canary])],
  ['the time', changed('event.created_at', canary)],
  ['the event as a whole', changed('event', canary)],
  ['the customer type', changed('data.type', canary)],
  ['the verification type', changed('data.verification_type', canary)],
  ['the status', changed('data.customer_status', canary)],
  ['the type of the event', changed('event.type', canary)],
  ['the e-mail, in an array', changed('data.email', [canary])],
  ['the name, in an object', changed('data.first_name', { name: canary })],
  ['an unknown key', changed('data.other_email', canary)],
  ['a broken body', Buffer.from(`{"email":"${canary}"`)],
  ['a body that isn’t an object', Buffer.from(`"${canary}"`)],
])('no problem quotes a personal value in %s', (_, body) => {
  const { problems } = inspect(body);
  expect(problems).not.toEqual([]);
  expect(JSON.stringify(problems)).not.toContain('canary');
});

test('a problem reports the kind and length of a value', () => {
  const found = [null, 'four', [1, 2, 3], 7, true].map(value => inspect(changed('event', value)).problems[0]?.found);
  expect(found).toEqual(['null', 'string of 4', 'array of 3', 'number', 'boolean']);
});

test('never throws for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), body => {
      expect(inspect(body).isEvent).toBe(false);
    }),
  );
});

test('never throws for any JSON in the envelope, and reports an error unless it’s an event', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', 'event', 'event.type', 'data', 'data.associated_parties'),
      fc.jsonValue(),
      (place, value) => {
        const { isEvent, problems, json } = inspect(changed(place, value));
        expect(isEvent).toBe(problems.every(({ level }) => level === 'warning'));
        expect(json).toBeDefined();
      },
    ),
  );
});

test('extra keys never hide an error', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), extra => {
      const { event, data } = fullDocument();
      const document = { ...extra, event, data: { ...extra, ...data, customer_id: undefined } };
      expect(inspect(Buffer.from(JSON.stringify(document))).isEvent).toBe(false);
    }),
  );
});

test('keeps the first hundred problems, and counts the rest', () => {
  const parties = Array.from({ length: 1000 }, () => 0);
  const event = { id: '1', event_reference_id: 'c', type: 'customer.status', created_at: '2026-01-18T09:08:18Z' };
  const data = { customer_id: 'c', customer_status: 'QUEUED', type: 'BUSINESS', associated_parties: parties };
  const { isEvent, problems, omitted } = inspect(Buffer.from(JSON.stringify({ event, data })));
  expect({ isEvent, kept: problems.length, omitted }).toEqual({ isEvent: false, kept: 100, omitted: 900 });
});

test.each([
  ['a number for an enumeration', { type: 5 }, ['data.type']],
  ['an array for an object', [1, 2], ['data']],
])('%s is one problem of the right kind', (_, data, places) => {
  const event = { id: '1', event_reference_id: 'c', type: 'customer.status', created_at: '2026-01-18T09:08:18Z' };
  const { problems } = inspect(Buffer.from(JSON.stringify({ event, data })));
  const wrong = problems.filter(({ code }) => code !== 'missing');
  expect(wrong.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(
    places.map(place => `wrong-type ${place}`),
  );
});
