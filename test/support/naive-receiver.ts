import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Habits {
  secret: string;
  /** Whether it returns 400 for text that isn't JSON, instead of dying. */
  catchesParseErrors?: boolean;
  /** An expression that is true if `given` fits `expected`. */
  matches?: string;
  /** Whether it loses its connections first when it dies, and accepts others until it is dead. */
  diesSlowly?: boolean;
}

/** A process that signs the JSON as it writes it, and ends with an uncaught exception. */
export async function startNaiveReceiver({
  secret,
  catchesParseErrors = false,
  matches = 'given === expected',
  diesSlowly = false,
}: Habits): Promise<string> {
  const program = `
    const { createHmac, timingSafeEqual } = require('node:crypto');
    const server = require('node:http').createServer((request, response) => {
      let text = '';
      request.on('data', chunk => { text += chunk; });
      request.on('end', () => {
        let json;
        try {
          json = JSON.parse(text);
        } catch (error) {
          if (!${catchesParseErrors}) throw error;
          return response.writeHead(400).end();
        }
        const given = String(request.headers['x-fin-signature']);
        const expected = createHmac('sha256', process.env.WEBHOOK_SECRET).update(JSON.stringify(json)).digest('hex');
        response.writeHead(${matches} ? 200 : 401).end();
      });
    });
    const open = new Set();
    server.on('connection', socket => open.add(socket));
    if (${diesSlowly}) process.on('uncaughtException', () => {
      for (const socket of open) socket.resetAndDestroy();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      process.exit(1);
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  return `http://127.0.0.1:${port}/`;
}
