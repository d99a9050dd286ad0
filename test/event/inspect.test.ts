import { describe, expect, test } from 'vitest';
import { summarise } from '../../src/event/summary.js';
import type { Problem } from '../../src/event/problem.js';
import { inspect } from '../support/events.js';
import { changed, fullDocument, published, publishedFiles } from './published.js';

const inspectText = (text: string) => inspect(Buffer.from(text));

/** The problems, each as its level, code and place. */
const findings = (problems: readonly Problem[]): string[] =>
  problems.map(({ level, code, path }) => `${level} ${code} ${path.join('.')}`.trim());

const nothing = undefined;

describe('a published body', () => {
  test.each(publishedFiles)('passes without problems: %s', file => {
    expect(inspect(published(file))).toMatchObject({ isEvent: true, problems: [] });
  });

  test('may have data before event', () => {
    const { event, data } = fullDocument();
    expect(inspectText(JSON.stringify({ data, event }))).toMatchObject({ isEvent: true, problems: [] });
  });

  test('is summarised and parsed', () => {
    const document = fullDocument();
    const { json } = inspectText(JSON.stringify(document));
    expect(json).toEqual(document);
    expect(summarise(json)).toEqual({
      type: 'customer.status',
      id: '29ceb6c4-4849-4312-9b2b-5e8360647da0',
      referenceId: 'f9e1b162-8a05-4611-9e13-f38e0eb24a29',
      status: 'QUEUED',
    });
  });
});

test.each<[place: string, value: unknown, code: string]>([
  ['', null, 'wrong-type'],
  ['', [], 'wrong-type'],
  ['', 'text', 'wrong-type'],
  ['', 42, 'wrong-type'],
  ['', true, 'wrong-type'],
  ['event', nothing, 'missing'],
  ['event', null, 'wrong-type'],
  ['event', 'text', 'wrong-type'],
  ['event.id', nothing, 'missing'],
  ['event.id', '', 'empty'],
  ['event.id', 42, 'wrong-type'],
  ['event.id', null, 'wrong-type'],
  ['event.event_reference_id', nothing, 'missing'],
  ['event.event_reference_id', '', 'empty'],
  ['event.event_reference_id', {}, 'wrong-type'],
  ['event.type', nothing, 'missing'],
  ['event.type', '', 'empty'],
  ['event.type', ['customer.status'], 'wrong-type'],
  ['event.created_at', nothing, 'missing'],
  ['event.created_at', '', 'wrong-format'],
  ['event.created_at', 1_768_727_298, 'wrong-type'],
  ['event.created_at', 'yesterday', 'wrong-format'],
  ['event.created_at', '2026-01-18', 'wrong-format'],
  ['event.created_at', '2026-01-18 09:08:18Z', 'wrong-format'],
  ['event.created_at', '2026-01-18T09:08:18', 'wrong-format'],
  ['event.created_at', '2026-13-18T09:08:18Z', 'wrong-format'],
  ['event.created_at', '2026-01-18T24:08:18Z', 'wrong-format'],
  ['event.created_at', '2026-01-18T09:08:18.Z', 'wrong-format'],
  ['event.created_at', '2026-01-18T09:08:18Z\n', 'wrong-format'],
  ['event.sandbox_mode', 'true', 'wrong-type'],
  ['data', nothing, 'missing'],
  ['data', null, 'wrong-type'],
  ['data', 'text', 'wrong-type'],
  ['data.customer_id', nothing, 'missing'],
  ['data.customer_id', '', 'empty'],
  ['data.customer_id', 42, 'wrong-type'],
  ['data.customer_status', nothing, 'missing'],
  ['data.customer_status', '', 'empty'],
  ['data.customer_status', null, 'wrong-type'],
  ['data.customer_status', ['QUEUED'], 'wrong-type'],
  ['data.type', nothing, 'missing'],
  ['data.type', '', 'wrong-value'],
  ['data.type', 'individual', 'wrong-value'],
  ['data.type', 'TRUST', 'wrong-value'],
  ['data.verification_type', 'standard', 'wrong-value'],
  ['data.email', null, 'wrong-type'],
  ['data.first_name', 42, 'wrong-type'],
  ['data.phone', 12_597_751_234, 'wrong-type'],
  ['data.tos_policies_url', false, 'wrong-type'],
  ['data.country_of_residence', ['USA'], 'wrong-type'],
  ['data.created_at', 'never', 'wrong-format'],
  ['data.updated_at', 0, 'wrong-type'],
  ['data.business_name', {}, 'wrong-type'],
  ['data.associated_parties', {}, 'wrong-type'],
])('%s replaced with %j is an error: %s %s', (place, value, code) => {
  const { isEvent, problems } = inspect(changed(place, value));
  expect(isEvent).toBe(false);
  expect(findings(problems)).toEqual([`error ${code} ${place}`.trim()]);
});

test.each([
  ['id', 42],
  ['ownership_percent', '60'],
  ['email', null],
  ['verification', 'APPROVED'],
])('the %s of an associated party is checked in its place', (key, value) => {
  const { isEvent, problems } = inspect(changed('data.associated_parties', [{}, { [key]: value }]));
  expect(isEvent).toBe(false);
  expect(findings(problems)).toEqual([`error wrong-type data.associated_parties.1.${key}`]);
});

test.each([
  ['event.sandbox_mode', nothing],
  ['data.verification_type', nothing],
  ['data.verification_type', 'RELIANCE'],
  ['data.type', 'BUSINESS'],
  ['data.email', nothing],
  ['data.first_name', nothing],
  ['data.created_at', nothing],
  ['data.associated_parties', []],
  ['event.id', 'no UUID'],
  ['event.created_at', '2026-01-18T09:08:18Z'],
  ['event.created_at', '2026-01-18T09:08:18.123456789Z'],
  ['event.created_at', '2026-01-18T09:08:18.66348+01:00'],
])('%s replaced with %j is valid', (place, value) => {
  expect(inspect(changed(place, value))).toMatchObject({ isEvent: true, problems: [] });
});

test.each<[place: string, value: unknown, code: string]>([
  ['data.customer_status', 'DORMANT', 'unknown-status'],
  ['data.customer_status', 'approved', 'unknown-status'],
  ['data.nickname', 'Jo', 'unknown-key'],
  ['data.constructor', 1, 'unknown-key'],
  ['data.toString', 1, 'unknown-key'],
  ['event.version', 2, 'unknown-key'],
  ['trace', [], 'unknown-key'],
  ['event.type', 'customer.deleted', 'unknown-event'],
  ['event.type', '__proto__', 'unknown-event'],
  ['event.type', 'constructor', 'unknown-event'],
])('%s replaced with %j is a warning: %s %s', (place, value, code) => {
  const { isEvent, problems } = inspect(changed(place, value));
  expect(isEvent).toBe(true);
  expect(findings(problems)).toEqual([`warning ${code} ${place}`]);
});

test('an unknown key in an associated party is a warning with its place', () => {
  const parties = [{ shoe_size: 42, verification: { by: 'us' } }];
  const { isEvent, problems } = inspect(changed('data.associated_parties', parties));
  expect(isEvent).toBe(true);
  expect(problems.map(({ path }) => path)).toEqual([
    ['data', 'associated_parties', 0, 'shoe_size'],
    ['data', 'associated_parties', 0, 'verification', 'by'],
  ]);
});

test('an event of unknown type needs only the envelope', () => {
  const { event } = fullDocument();
  const unknown = { event: { ...event, type: 'payout.status' }, data: { beneficiary_id: '1' } };
  expect(inspectText(JSON.stringify(unknown)).isEvent).toBe(true);
  expect(inspectText(JSON.stringify({ ...unknown, data: undefined })).isEvent).toBe(false);
});

test('reports all errors of a body at once', () => {
  expect(findings(inspectText('{"event":{"type":"customer.status"},"data":{"type":"X"}}').problems)).toEqual([
    'error missing event.id',
    'error missing event.event_reference_id',
    'error missing event.created_at',
    'error missing data.customer_id',
    'error missing data.customer_status',
    'error wrong-value data.type',
  ]);
});
