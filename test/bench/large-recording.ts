import { open } from 'node:fs/promises';
import { encodeRecord } from '../../src/capture/record.js';
import { approved, signatureOf } from '../support/listening.js';

const mebibyte = 1024 ** 2;

/** Requests as Fin sends them; now and then one with a body of a mebibyte, the most that `listen` takes by default. */
export async function writeRecording(file: string, mebibytes: number): Promise<number> {
  const [usual, large] = [recordOf(approved), recordOf(Buffer.concat([approved, Buffer.alloc(mebibyte - approved.length, ' ')]))]; // prettier-ignore
  const block = Buffer.concat([...Array.from({ length: 8000 }, () => usual), large]);
  const handle = await open(file, 'wx', 0o600);
  let requests = 0;
  try {
    for (let left = mebibytes * mebibyte; left > 0; left -= block.length, requests += 8001) {
      await handle.appendFile(block);
    }
  } finally {
    await handle.close();
  }
  return requests;
}

const recordOf = (body: Uint8Array): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: '0b1f6a3c5d7e9f10', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST' },
    ...{ target: '/webhooks/fin', httpVersion: '1.1', remote: '127.0.0.1:50000', complete: true, body },
    headers: [
      ['host', '127.0.0.1:4665'],
      ['content-type', 'application/json'],
      ['user-agent', 'webhook-cli/0.1.0'],
      ['x-fin-signature', signatureOf(body)['x-fin-signature']],
      ['x-fin-signature-algorithm', 'sha256'],
      ['content-length', String(body.length)],
    ],
    verdict: { valid: true, secret: 'WEBHOOK_SECRET' },
  });
