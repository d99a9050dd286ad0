import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import type { SchemeDefinition } from '../../src/scheme/definition.js';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { createSecret } from '../../src/scheme/secret.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const key = 'a secret of a vendor';
const secret = createSecret(Buffer.from(key), 'the test');
const now = new Date('2026-01-31T09:30:00Z');
const time = '1769851800';
const body = Buffer.from('{"a": 1}');

/** A vendor's request, of which `signed` is what the vendor signs. */
const requestOf = (signed: string, more: readonly Header[] = []) => ({
  ...{ method: 'POST', body },
  headers: [['x-acme-time', time], ['x-acme-signature', createHmac('sha256', key).update(signed).digest('hex')], ...more] as Header[],
}); // prettier-ignore

const timestamp = { header: 'x-acme-time', past: '5m', future: '5m' } as const;
const defined = (signed: string, more: Partial<SchemeDefinition> = { timestamp }): SchemeDefinition => ({
  ...{ signature: { header: 'x-acme-signature' }, signed, ...more },
});

function fixFor(definition: SchemeDefinition, message: ReturnType<typeof requestOf>) {
  const scheme = new Scheme('acme', definition);
  expect(scheme.verify(message, [secret], now)).toMatchObject({ valid: false });
  const diagnosis = diagnose(message, { secrets: [secret] }, scheme);
  return diagnosis?.found ? diagnosis.findings.map(({ remedy }) => remedy).join('\n') : undefined;
}

describe('a wrong definition of the user’s own scheme', () => {
  test.each([
    { wrong: defined('{timestamp}:{body}'), right: '{timestamp}.{body}', vendor: `${time}.${body.toString()}` },
    { wrong: defined('{timestamp}\n{body}'), right: '{timestamp}{body}', vendor: `${time}${body.toString()}` },
    { wrong: defined('{timestamp}.{body}'), right: '{body}', vendor: body.toString() },
    { wrong: defined('{body}'), right: '{timestamp}.{body}', vendor: `${time}.${body.toString()}` },
    { wrong: defined('{body}'), right: '{body}\n{timestamp}', vendor: `${body.toString()}\n${time}` },
    { wrong: defined('{timestamp}.{body}'), right: '{body}.{timestamp}', vendor: `${body.toString()}.${time}` },
    { wrong: defined('v0:{timestamp}:{body}'), right: '{timestamp}:{body}', vendor: `${time}:${body.toString()}` },
    { wrong: defined('{timestamp}:{body}'), right: 'v0:{timestamp}:{body}', vendor: `v0:${time}:${body.toString()}` },
    { wrong: defined('{body}', {}), right: '{timestamp}.{body}', vendor: `${time}.${body.toString()}`, header: true },
  ])('$wrong.signed for $right gets the fix that makes it right', ({ wrong, right, vendor, header = false }) => {
    const message = requestOf(vendor);
    const fix = fixFor(wrong, message);
    const change = `set "signed" to ${JSON.stringify(right)}${header ? ' and "timestamp" to {"header": "x-acme-time"}' : ''}`;
    expect(fix).toBe(
      `if the vendor sent this request, ${change} in the scheme's definition; if you made it, sign exactly ${wrong.signed ?? ''}`,
    );
    const fixed = new Scheme('acme', { ...wrong, signed: right, timestamp });
    expect(fixed.verify(message, [secret], now)).toMatchObject({ valid: true });
  });

  test('a time in a list that the definition doesn’t know', () => {
    const message = requestOf(`${time}.${body.toString()}`, [['x-other', `t=${time},v1=0`]]);
    const headers = message.headers.filter(([name]) => name !== 'x-acme-time');
    expect(fixFor(defined('{body}', {}), { ...message, headers })).toMatch(
      /^if the vendor sent this request, add \{timestamp\} to "signed".*; if you made it, sign only the body/,
    );
  });

  test('verify prints it', async () => {
    const cwd = temporaryFolder();
    const schemes = { acme: defined('{timestamp}:{body}') };
    writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ scheme: 'acme', schemes }));
    const lines = requestOf(`${time}.${body.toString()}`).headers.map(([name, value]) => `${name}: ${value}\r\n`);
    writeFileSync(path.join(cwd, 'r.http'), `POST / HTTP/1.1\r\n${lines.join('')}\r\n${body.toString()}`);
    const { stdout } = await webhookCli(['verify', 'r.http'], { cwd, env: { WEBHOOK_SECRET: key } });
    expect(stdout).toContain('fix: if the vendor sent this request, set "signed" to "{timestamp}.{body}" in');
  });
});

test('a preset isn’t the user’s to fix', () => {
  const scheme = new Scheme('slack', defined('{timestamp}:{body}'));
  const diagnosis = diagnose(requestOf(`${time}.${body.toString()}`), { secrets: [secret] }, scheme);
  expect(diagnosis).toMatchObject({
    found: true,
    findings: [{ remedy: 'sign exactly {timestamp}:{body}, with the values from the request' }],
  });
});
