import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, UsageError } from '../../errors.js';
import type { Context } from '../command.js';

const name = 'event.json';

/** The body as a person leaves it in an editor; unchanged, the very same bytes. Throws when the editor fails. */
export async function edited(
  body: Uint8Array,
  { env, warn, signal }: Pick<Context, 'env' | 'warn' | 'signal'>,
): Promise<Uint8Array> {
  // Never from a dotenv file: whoever writes one doesn't start programs here.
  const editor = [env['VISUAL'], env['EDITOR']].find(Boolean);
  if (editor === undefined) {
    throw new UsageError('--edit needs an editor, and neither VISUAL nor EDITOR is set', {
      hint: 'set one, as in EDITOR=nano webhook-cli send …',
    });
  }
  const shown = JSON.stringify(JSON.parse(new TextDecoder().decode(body)), undefined, 2);
  // A folder of its own, which mkdtemp makes for its owner alone.
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-'));
  try {
    const file = path.join(folder, name);
    await writeFile(file, `${shown}\n`, { mode: 0o600 });
    await runEditor(editor, folder, { env, signal });
    const result = await readFile(file);
    if (!result.equals(Buffer.from(`${shown}\n`))) return result;
    warn('nothing was changed: the event goes out as it was');
    return body;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** VISUAL and EDITOR may have arguments, so a shell reads them; started in the folder, the name needs no quotes. */
async function runEditor(editor: string, cwd: string, { env, signal }: Pick<Context, 'env' | 'signal'>): Promise<void> {
  const child = spawn(`${editor} ${name}`, { cwd, env, shell: true, stdio: 'inherit' });
  const [code, killer] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // Ctrl-C is for both: that it ended the editor, too, is no failure of its own.
  signal.throwIfAborted();
  if (code === 0) return;
  throw new InputError(`the editor ended with ${code ?? killer ?? 'nothing'}: nothing was sent`, {
    hint: 'is VISUAL or EDITOR the right command?',
  });
}
