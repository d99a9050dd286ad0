import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createForwarder } from '../../src/receiver/forward.js';
import { createAuthority, startTlsReceiver } from '../support/authority.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { replyFrom } from '../sender/attempt.js';
import { startBuilt } from '../support/process.js';
import { startReceiver } from '../support/receiver.js';

test('sends nothing to an application whose certificate is signed with SHA-1, and keeps listening', async () => {
  const authority = createAuthority();
  const { url } = await startTlsReceiver(authority.issue({ digest: 'sha1' }), { ciphers: 'DEFAULT@SECLEVEL=0' });
  const { child, ended } = startBuilt(['listen', '--port', '0', '--json', '--forward-to', url], {
    env: { ...env, NODE_EXTRA_CA_CERTS: authority.certificate },
  });
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const listener = (JSON.parse(line) as { url: string }).url;
  for (let round = 1; round <= 2; round += 1) {
    const headers = Object.entries(signatureOf(approved));
    expect(await replyFrom(listener, { headers, body: approved })).toMatchObject({ status: 502 });
  }
  child.kill('SIGTERM');
  const { stdout, exitCode } = await ended;
  expect(exitCode).toBe(143);
  expect(stdout.match(/"failure":"tls"/g)).toHaveLength(2);
});

test('returns 502 if the HTTP client refuses a request, and forwards others', async () => {
  const { url, received } = await startReceiver();
  const forwarder = createForwarder({ url: new URL(url), timeout: 10_000, id: 'test', scheme: { headers: [] } });
  const forward = (method: string) =>
    forwarder.forward(
      { seq: 1, receivedAt: new Date(0), method, target: '/', httpVersion: '1.1', headers: [], body: Buffer.from('{}'), remote: '' }, // prettier-ignore
      new AbortController().signal,
    );
  expect(await forward('PO ST')).toMatchObject({ outcome: { failure: { reason: 'not-sendable' } }, answer: { status: 502 } }); // prettier-ignore
  expect(await forward('POST')).toMatchObject({ outcome: { reply: { status: 200 } } });
  expect(received).toHaveLength(1);
  await forwarder.close();
});
