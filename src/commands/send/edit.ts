import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, UsageError } from '../../errors.js';
import type { Environment } from '../../ports.js';
import type { Ports } from '../../contract/command.js';

const name = 'event.json';

/** Returns the body as a person leaves it in an editor, and the same bytes if nothing was changed. Throws UsageError without an editor, and InputError if it fails. */
export async function edited(
  body: Uint8Array,
  { environment, reporting }: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Uint8Array> {
  // Never from a dotenv file: its author must not start programs here.
  const editor = [environment.env['VISUAL'], environment.env['EDITOR']].find(Boolean);
  if (editor === undefined) {
    throw new UsageError('--edit needs an editor, and neither VISUAL nor EDITOR is set', {
      hint: 'set one, as in EDITOR=nano webhook-cli send …',
    });
  }
  const shown = JSON.stringify(JSON.parse(new TextDecoder().decode(body)), undefined, 2);
  // mkdtemp makes a folder that only its owner can open.
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-'));
  try {
    const file = path.join(folder, name);
    await writeFile(file, `${shown}\n`, { mode: 0o600 });
    await runEditor(editor, folder, environment);
    const result = await readFile(file);
    if (!result.equals(Buffer.from(`${shown}\n`))) return result;
    reporting.warn('nothing was changed: the event goes out as it was');
    return body;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the editor in a shell, because VISUAL and EDITOR may have arguments. It starts in the folder, so the name needs no quotes. */
async function runEditor(editor: string, cwd: string, { env, signal }: Environment): Promise<void> {
  const child = spawn(`${editor} ${name}`, { cwd, env, shell: true, stdio: 'inherit' });
  const [code, killer] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // Ctrl-C ends both, so that it ended the editor is no failure of its own.
  signal.throwIfAborted();
  if (code === 0) return;
  throw new InputError(`the editor ended with ${code ?? killer ?? 'nothing'}: nothing was sent`, {
    hint: 'is VISUAL or EDITOR the right command?',
  });
}
