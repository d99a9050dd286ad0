import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';

const text = approved.toString();
const hex = (digits: string): Buffer => Buffer.concat([Buffer.from(digits, 'hex'), Buffer.from('canary')]);

/** Each kind of file, the name it gets in the message, and a word of the advice. */
const files: [string, Buffer | string, string][] = [
  ['a gzip-compressed file', gzipSync('{"v":1}'), 'gunzip -c'],
  ['a compressed file', hex('28b52ffd'), 'unpack it'],
  ['a zip archive', hex('504b0304'), 'unpack it'],
  ['text in UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-8'],
  ['a PDF document', '%PDF-1.7\n%\xe2', 'listen --save'],
  ['an executable', hex('7f454c46'), 'listen --save'],
  ['an image', hex('89504e470d0a1a0a'), 'listen --save'],
  ['a capture of network packets', hex('0a0d0d0a'), 'Wireshark'],
  ['a web page', '<!doctype html>\n<html>canary</html>', 'HAR or JSON'],
  ['XML', '<?xml version="1.0"?>\n<a/>', 'listen --save'],
  ['one event, without the request that carried it', text, '--signature <hex>'],
  ['one event, without the request that carried it', JSON.stringify(JSON.parse(text), null, 2), '--signature <hex>'],
  ['a list of events, without the requests that carried them', `${text}\n${text}\n`, 'validate'],
  ['a list of events, without the requests that carried them', `[${text},${text}]`, 'validate'],
  ['other JSON', '{"canary":1}', 'sends a body; to check its signature'],
  ['other JSON', '{"canary":1}\n{"canary":2}\n', 'sends a body; to check its signature'],
  ['JSON that is broken or cut short', '{"canary":', 'cut short'],
  ['YAML', 'canary: 1\nb:\n', 'listen --save'],
  ['CSV', 'uuid,method,content\n1,POST,canary\n', 'as JSON'],
  ['binary data', hex('80ff00ff'), 'listen --save'],
];

describe('for a file without requests, the error says what it looks like and what to do with it', () => {
  test.each(files)('%s', async (look, content, hint) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'file'), content);
    const { exitCode, stderr } = await webhookCli(['verify', 'file'], { cwd, env });
    expect(exitCode).toBe(65);
    expect(stderr).toContain(`error: file: this is ${look}, not a recording, a HAR file or a raw HTTP request\n`);
    expect(/^hint: .*$/m.exec(stderr)?.[0]).toContain(hint);
    expect(stderr).not.toContain('canary');
  });

  test('a character cut off at the end of the sample doesn’t make text binary', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'file'), `-${'é'.repeat(100_000)}`);
    const { stderr } = await webhookCli(['verify', 'file'], { cwd, env });
    expect(stderr).toContain("this isn't a recording");
  });
});
