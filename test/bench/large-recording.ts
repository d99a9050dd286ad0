import { open, type FileHandle } from 'node:fs/promises';
import { encodeRecord } from '../../src/recording/record.js';
import { createSeries } from '../../src/event/series.js';
import { approved, signatureOf } from '../support/listening.js';

const mebibyte = 1024 ** 2;
/** The last one is large. */
const blockLength = 8001;

/** Different requests as Fin sends them; some have a body of a mebibyte, the most that `listen` accepts by default. */
export const writeRecording = (file: string, mebibytes: number): Promise<number> =>
  writeBlocks(file, mebibytes, (body, position) =>
    recordOf(position % blockLength === blockLength - 1 ? padded(body) : body),
  );

/** The same events, one line of JSON each. */
export const writeEvents = (file: string, mebibytes: number): Promise<number> =>
  writeBlocks(file, mebibytes, body => Buffer.concat([body, Buffer.from('\n')]));

async function writeBlocks(
  file: string,
  mebibytes: number,
  lineOf: (body: Uint8Array, position: number) => Buffer,
): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  const compact = Buffer.from(JSON.stringify(JSON.parse(approved.toString())));
  const event = await createSeries(compact, { fixed: [], step: 1 });
  let written = 0;
  try {
    for (let left = mebibytes * mebibyte; left > 0; written += blockLength) left -= await append(handle, written);
  } finally {
    await handle.close();
  }
  return written;

  async function append(to: FileHandle, start: number): Promise<number> {
    const lines = Array.from({ length: blockLength }, (_, index) => lineOf(event(start + index), start + index));
    const block = Buffer.concat(lines);
    await to.appendFile(block);
    return block.length;
  }
}

const padded = (body: Uint8Array): Buffer => Buffer.concat([body, Buffer.alloc(mebibyte - body.length, ' ')]);

const recordOf = (body: Uint8Array): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: '0b1f6a3c5d7e9f10', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST' },
    ...{ target: '/webhooks/fin', httpVersion: '1.1', remote: '127.0.0.1:50000', complete: true, body },
    headers: [
      ['host', '127.0.0.1:4665'],
      ['content-type', 'application/json'],
      ['user-agent', 'webhook-cli/0.2.0'],
      ['x-fin-signature', signatureOf(body)['x-fin-signature']],
      ['x-fin-signature-algorithm', 'sha256'],
      ['content-length', String(body.length)],
    ],
    verdict: { status: 200, signature: 'valid', schema: 'valid', answeredBy: 'receiver' },
  });
