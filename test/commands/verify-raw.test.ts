import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';

const signature = createHmac('sha256', env.WEBHOOK_SECRET).update(approved).digest('hex');
const body = approved.toString();

async function verify(content: string, ...flags: string[]) {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'r.http'), content);
  return webhookCli(['verify', 'r.http', ...flags], { cwd, env });
}

const requestOf = (length: number, text: string) =>
  `POST / HTTP/1.1\r\nx-fin-signature: ${signature}\r\ncontent-length: ${length}\r\n\r\n${text}`;

describe('a raw request', () => {
  const headers = `content-type: application/json\r\nx-fin-signature: ${signature}\r\n`;

  test.each([
    ['detected', headers, []],
    ['detected, with the host first', `Host: localhost\r\n${headers}`, []],
    ['named', headers, ['--format', 'http']],
  ])('without its request line is called that (%s)', async (_, head, flags) => {
    const { exitCode, stderr } = await verify(`${head}\r\n${body}`, ...flags);
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(/request line/);
    expect(stderr).not.toContain('YAML');
    expect(stderr).toContain('hint: put its request line on top, such as "POST / HTTP/1.1"');
  });

  test('other YAML is still YAML', async () => {
    expect((await verify('services:\n  web:\n    image: nginx\n')).stderr).toContain('this is YAML');
  });

  test('without its empty line is called that', async () => {
    const { exitCode, stderr } = await verify(`POST / HTTP/1.1\r\n${headers}${body}`);
    expect(exitCode).toBe(65);
    expect(stderr).toContain('line 4 looks like the body, but no empty line is before it');
  });

  test.each(['', '\n', '\r\n'])('with a length that is too small names it, with %j at the end', async end => {
    const { exitCode, stdout } = await verify(requestOf(approved.length - 22, body + end));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `why: content-length says ${approved.length - 22}, but the body has ${approved.length} bytes\n`,
    );
    expect(stdout).toContain('fix: count the content-length in bytes');
  });

  test('whose body was changed, too, gets no such cause', async () => {
    const { stdout } = await verify(requestOf(approved.length - 22, body.replace('APPROVED', 'REJECTED')));
    expect(stdout).not.toContain('why:');
    expect(stdout).toContain('its JSON is incomplete: the body was cut short\n    fix: save the whole body');
  });
});

test.each([
  ['{"a":1', true],
  ['[{"a":"}]', true],
  ['{"a":"\\"', true],
  ['{"a":1,}', false],
  ['{"a":1}', false],
  ['{"a":"["}', false],
  ['text', false],
])('%s is cut short: %s', async (text, isCut) => {
  const { stdout } = await verify(requestOf(text.length, text));
  expect(stdout.includes('its JSON is incomplete: the body was cut short')).toBe(isCut);
});

test('broken JSON is sent to validate, which knows the place', async () => {
  const { stderr } = await verify('{"event":{},"data":{},}');
  expect(stderr).toContain('JSON that is broken or cut short');
  expect(stderr).toContain('hint: "webhook-cli validate <file>" shows where it is broken');
});
