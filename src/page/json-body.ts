import type { IncomingMessage } from 'node:http';
import { PageProblem } from './problem.js';

/** Reads an object. Throws PageProblem, for a body that is too large as soon as it exceeds `most` bytes. */
export async function jsonBody(message: IncomingMessage, most: number): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await bytesOf(message, most);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new PageProblem(400, "the body isn't JSON");
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new PageProblem(400, 'the body has to be an object');
  return json as Record<string, unknown>;
}

function bytesOf(message: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      // Drains the rest, within the request's time limit, so that the client gets to read its response.
      else reject(new PageProblem(413, `the body is over ${most} bytes`));
    });
    message.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    message.on('close', () => {
      reject(new PageProblem(400, 'the body was cut short'));
    });
    message.on('error', () => {
      reject(new PageProblem(400, 'the body was cut short'));
    });
  });
}
