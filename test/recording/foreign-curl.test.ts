import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { formatOf } from '../../src/recording/formats.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';
import { requestsIn } from './entries.js';

describe('the output of curl (needs curl)', () => {
  const body = '{"a":"\u00e9",\r\n"b":2}';
  const curl = async (form: readonly string[], content: string, ...flags: string[]): Promise<string> => {
    const { url } = await startReceiver();
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'body'), content);
    const line = [
      '-q',
      '-sS',
      '--noproxy',
      '*',
      ...form,
      ...flags,
      '-H',
      'x-a: b',
      '--data-binary',
      '@body',
      `${url}in`,
    ];
    const { stderr } = await promisify(execFile)('curl', line, { cwd });
    return stderr || readFileSync(path.join(cwd, 'trace'), 'latin1');
  };

  test.each<[string, string[], object]>([
    ['--verbose, without the body', ['--verbose'], { fidelity: 'incomplete', body: Buffer.alloc(0) }],
    ['--trace, exactly', ['--trace', 'trace'], { fidelity: 'exact', body: Buffer.from(body) }],
    ['--trace and the time', ['--trace', 'trace', '--trace-time'], { fidelity: 'exact', body: Buffer.from(body) }],
    ['--trace of chunks', ['--trace', 'trace', '-H', 'transfer-encoding: chunked'], { fidelity: 'exact', body: Buffer.from(body) }],
    ['--trace-ascii, not exactly', ['--trace-ascii', 'trace'], { fidelity: 'inexact', body: Buffer.from(body.replace('\u00e9', '..')) }],
  ])('with %s', async (_, form, facts) => {
    const output = await curl(form, body);
    expect(formatOf(Buffer.from(output), { isWhole: true })).toBe('curl');
    const [request, ...others] = await requestsIn(output);
    expect(request).toMatchObject({ method: 'POST', target: '/in', wasSent: true, ...facts });
    expect(request?.headers).toContainEqual(['x-a', 'b']);
    expect(others).toEqual([]);
  }); // prettier-ignore

  test('with --trace-ascii, exactly, if nothing in the body looks like an omitted byte', async () => {
    const plain = `{"a":"${'0123456789 ab cd '.repeat(20)}",\r\n"b":2}\r\n`;
    const output = await curl(['--trace-ascii', 'trace'], plain);
    expect(await requestsIn(output)).toMatchObject([{ fidelity: 'exact', body: Buffer.from(plain) }]);
  });
});
