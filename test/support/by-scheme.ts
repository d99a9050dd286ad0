import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PresetName } from '../../src/scheme/presets/index.js';
import { schemes } from '../../src/scheme/schemes.js';
import { secretInForm, writtenSecret } from '../../src/scheme/secret.js';
import { temporaryFolder } from './folder.js';

/** A secret in each scheme's form. */
export const environmentOf = (name: PresetName) => ({
  WEBHOOK_SECRET: writtenSecret(secretInForm('4f0c9a71d3', 'the test', schemes[name].secrets)).toString(),
});

/** The time on these tests' clock. */
export const now = new Date('2026-01-01T00:00:00Z');

/** A recording of one request that was signed and received at a given time. */
export function recordedAt(time: Date, scheme: PresetName = 'stripe'): string {
  const file = path.join(temporaryFolder(), 'captured.http');
  const secret = secretInForm('4f0c9a71d3', 'the test', schemes[scheme].secrets);
  const body = Buffer.from('{"id":"evt_1","type":"invoice.paid"}');
  const headers = schemes[scheme].sign({ method: 'POST', headers: [], body }, { secret, now: time, id: 'msg_1' });
  const lines = [...headers, ['content-length', String(body.length)]].map(([name, value]) => `${name}: ${value}\r\n`);
  writeFileSync(file, `POST /hook HTTP/1.1\r\n${lines.join('')}\r\n${body.toString()}`);
  return file;
}
