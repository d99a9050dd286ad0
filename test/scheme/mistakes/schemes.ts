import type { SchemeDefinition } from '../../../src/scheme/definition.js';
import type { Header } from '../../../src/http/header.js';

/** The time and the id of a delivery, as they are in its headers. */
export interface Values {
  timestamp: string;
  id: string;
}

/** A mistake with a scheme's signed content: the template and the values that were used instead. */
export interface ContentCase {
  id: string;
  /** Undefined if the mistake can't be made. `signed` is the scheme's template. */
  template: (signed: string, definition: SchemeDefinition) => string | undefined;
  values?: (values: Values, definition: SchemeDefinition) => Partial<Values>;
  /** Further headers of the request. */
  headers?: Header[];
}

const unless = (isMissing: boolean, template: string): string | undefined => (isMissing ? undefined : template);
const lacks = (signed: string, part: string): boolean => !signed.includes(`{${part}}`);
const unitOf = ({ timestamp }: SchemeDefinition) => timestamp?.unit ?? 's';
const marksOf = (signed: string): string[] => /\}(.?)\{/g.exec(signed)?.slice(1) ?? [];

const timed = (unit?: 's' | 'ms') => (signed: string, definition: SchemeDefinition) =>
  unless(lacks(signed, 'timestamp') || (unit !== undefined && unitOf(definition) !== unit), signed);
const withId = (signed: string) => unless(lacks(signed, 'id'), signed);

const dateOf = ({ timestamp }: Values, definition: SchemeDefinition): Date =>
  new Date(Number(timestamp) * (unitOf(definition) === 's' ? 1000 : 1));

export const contentCases: readonly ContentCase[] = [
  { id: 'body-alone', template: signed => unless(signed === '{body}', '{body}') },
  {
    id: 'timestamp-left-out',
    template: signed => unless(signed.split('{').length < 4, signed.replace(/\{timestamp\}./, '')),
  },
  { id: 'timestamp-left-out', template: signed => unless(!signed.startsWith('v0:'), 'v0:{body}') },
  { id: 'id-left-out', template: signed => unless(lacks(signed, 'id'), signed.replace('{id}.', '')) },
  { id: 'text-left-out', template: signed => unless(!signed.startsWith('v0:'), signed.slice('v0:'.length)) },
  ...['.', ':', ',', '', '|', '\n'].map(mark => ({
    id: 'other-marks',
    template: (signed: string) =>
      unless(marksOf(signed).length === 0 || marksOf(signed).includes(mark), signed.replace(/\}.\{/g, `}${mark}{`)),
  })),
  { id: 'other-marks', template: signed => unless(!signed.startsWith('v0:'), '{timestamp}.{body}') },
  { id: 'with-version', template: signed => unless(lacks(signed, 'timestamp') || signed.startsWith('v0:'), `v0:${signed.replace(/\}.\{/g, '}:{')}`) },
  { id: 'with-version', template: signed => unless(lacks(signed, 'timestamp') || signed.startsWith('v0:'), `v1.${signed.replace(/\}.\{/g, '}.{')}`) },
  { id: 'other-order', template: signed => unless(lacks(signed, 'timestamp'), signed.replace('timestamp', 'x').replace('body', 'timestamp').replace('x', 'body')) },
  { id: 'other-order', template: signed => unless(lacks(signed, 'id'), '{timestamp}.{id}.{body}') },
  { id: 'with-id', template: signed => unless(lacks(signed, 'timestamp') || !lacks(signed, 'id'), `msg_1.${signed}`), headers: [['webhook-id', 'msg_1']] },
  { id: 'timestamp-in-milliseconds', template: timed('s'), values: ({ timestamp }) => ({ timestamp: `${timestamp}000` }) },
  { id: 'timestamp-in-milliseconds', template: timed('s'), values: ({ timestamp }) => ({ timestamp: `${timestamp}123` }) },
  { id: 'timestamp-in-seconds', template: timed('ms'), values: ({ timestamp }) => ({ timestamp: timestamp.slice(0, -3) }) },
  { id: 'timestamp-in-rfc3339', template: timed(), values: (values, definition) => ({ timestamp: dateOf(values, definition).toISOString() }) },
  { id: 'timestamp-in-rfc3339', template: timed('s'), values: (values, definition) => ({ timestamp: dateOf(values, definition).toISOString().replace('.000', '') }) },
  { id: 'timestamp-in-fractions', template: timed('s'), values: ({ timestamp }) => ({ timestamp: `${timestamp}.0` }) },
  { id: 'timestamp-with-key', template: timed(), values: ({ timestamp }, definition) => ({ timestamp: definition.timestamp?.key === undefined ? `${definition.timestamp?.header}:${timestamp}` : `${definition.timestamp.key}=${timestamp}` }) },
  { id: 'timestamp-elsewhere', template: timed(), values: () => ({ timestamp: '1769851234' }), headers: [['x-sent-time', '1769851234']] },
  { id: 'timestamp-without-value', template: timed(), values: () => ({ timestamp: 'undefined' }) },
  { id: 'timestamp-without-value', template: timed(), values: () => ({ timestamp: '' }) },
  { id: 'id-of-header', template: withId, values: () => ({ id: 'req_7' }), headers: [['x-request-id', 'req_7']] },
  { id: 'id-of-body', template: withId, values: () => ({ id: 'evt_of_body' }) },
  { id: 'id-without-value', template: withId, values: () => ({ id: 'None' }) },
  // For schemes that sign only the body, what others sign.
  ...[
    { template: '1769851800.{body}', headers: [['stripe-signature', 't=1769851800,v1=00']] satisfies Header[] },
    { template: '1769851800:{body}', headers: [['paddle-signature', 'ts=1769851800;h1=00']] satisfies Header[] },
    { template: '1769851800,{body}', headers: [['x-timestamp', '1769851800']] satisfies Header[] },
    { template: 'v0:1769851800:{body}', headers: [['x-slack-request-timestamp', '1769851800']] satisfies Header[] },
    { template: 'msg_1.1769851800.{body}', headers: [['svix-id', 'msg_1'], ['svix-timestamp', '1769851800']] satisfies Header[] },
  ].map(({ template, headers }) => ({ id: 'timestamp-in-front', template: (signed: string) => unless(signed !== '{body}', template), headers })),
]; // prettier-ignore

/** A mistake with a secret whose text isn't its key. `text` is what is configured, `key` what it contains. */
export const encodedSecretCases: readonly { id: string; used: (text: string, key: Buffer) => string | Uint8Array | undefined }[] = [
  { id: 'secret-not-decoded', used: text => text },
  { id: 'secret-without-prefix-not-decoded', used: text => (text.startsWith('whsec_') ? text.slice('whsec_'.length) : undefined) },
  { id: 'secret-with-prefix-not-decoded', used: text => (text.startsWith('whsec_') ? `v1,${text}` : `whsec_${text}`) },
  { id: 'secret-decoded-with-prefix', used: text => (text.startsWith('whsec_') ? Buffer.from(text, 'base64') : undefined) },
  { id: 'secret-decoded-to-text', used: (_, key) => key.toString('latin1') },
  { id: 'secret-decoded-to-text', used: (_, key) => key.toString() },
  { id: 'secret-decoded-from-base64', used: (text, key) => (key.toString('hex') === text ? Buffer.from(text, 'base64') : undefined) },
  { id: 'secret-in-other-digits', used: (text, key) => (key.toString('hex') === text ? key.toString('base64') : key.toString('hex')) },
  { id: 'secret-with-final-lf', used: (_, key) => Buffer.concat([key, Buffer.from('\n')]) },
  { id: 'secret-not-set', used: () => 'undefined' },
]; // prettier-ignore
