import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, UsageError } from '../../errors.js';
import type { Environment } from '../../ports.js';
import { oneLine } from '../../text/visible.js';
import type { Ports } from '../../contract/command.js';

const name = 'event.json';

/** Returns the problem of a body, as a clause; undefined if there is none. */
type FindProblem = (body: Uint8Array) => Promise<string | undefined>;

type EditPorts = Pick<Ports, 'environment' | 'reporting'>;

/**
 * Returns bodies as edited in the user's editor, or the same bytes if nothing was changed. The editor opens again for
 * a body with a problem. If anything fails, changes are kept in files and their names shown. Throws UsageError without
 * an editor, and InputError if it fails or the user gives up.
 */
export async function edited(
  bodies: readonly Uint8Array[],
  findProblem: FindProblem,
  ports: EditPorts,
): Promise<Uint8Array[]> {
  const editor = editorIn(ports.environment);
  const drafts: Draft[] = [];
  const results: Uint8Array[] = [];
  try {
    for (const body of bodies) {
      const draft = await openDraft(body);
      drafts.push(draft);
      const result = await editDraft(draft, { editor, findProblem }, ports);
      if (!result) ports.reporting.warn('nothing was changed: sending the original event');
      results.push(result ?? body);
    }
  } catch (error) {
    for (const draft of drafts) await keepIfChanged(draft, ports);
    throw error;
  }
  for (const { folder } of drafts) await rm(folder, { recursive: true, force: true });
  return results;
}

function editorIn({ env }: Pick<Environment, 'env'>): string {
  // Never from a dotenv file, whose author must not start programs here.
  const editor = [env['VISUAL'], env['EDITOR']].find(Boolean);
  if (editor !== undefined) return editor;
  throw new UsageError('--edit needs an editor, and neither VISUAL nor EDITOR is set', {
    hint: 'set one, as in EDITOR=nano webhook-cli send …',
  });
}

/** An event in a file. */
interface Draft {
  folder: string;
  file: string;
  /** The original bytes. */
  original: Buffer;
}

async function openDraft(body: Uint8Array): Promise<Draft> {
  const shown = JSON.stringify(JSON.parse(new TextDecoder().decode(body)), undefined, 2);
  // mkdtemp makes a folder that only the user can open.
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-'));
  const draft = { folder, file: path.join(folder, name), original: Buffer.from(`${shown}\n`) };
  await writeFile(draft.file, draft.original, { mode: 0o600 });
  return draft;
}

/** Opens the editor until the body is valid. Resolves to undefined if nothing was changed. */
async function editDraft(
  { folder, file, original }: Draft,
  { editor, findProblem }: { editor: string; findProblem: FindProblem },
  { environment }: EditPorts,
): Promise<Uint8Array | undefined> {
  let last = original;
  for (;;) {
    await runEditor(editor, folder, environment);
    const result = withoutNotes(await readFile(file));
    if (result.equals(original)) return undefined;
    const problem = await findProblem(result);
    if (problem === undefined) return result;
    if (result.equals(last)) {
      throw new InputError(`the payload isn't a valid event: ${problem}`, { hint: 'add --invalid to send it anyway' });
    }
    last = result;
    await writeFile(file, Buffer.concat([Buffer.from(notesOn(problem)), result]));
  }
}

const notesOn = (problem: string): string =>
  [`# ${oneLine(problem)}`, '# Fix it, or close the editor without changes to give up.', ''].join('\n');

/** Removes leading lines that begin with #, which JSON never does. */
const withoutNotes = (text: Buffer): Buffer => {
  const [notes = ''] = /^(?:#[^\n]*(?:\n|$))*/.exec(text.toString('latin1')) ?? [];
  return text.subarray(notes.length);
};

/** Keeps the user's edits, whatever went wrong. */
async function keepIfChanged({ folder, file, original }: Draft, { reporting }: EditPorts): Promise<void> {
  const text = withoutNotes(await readFile(file).catch(() => original));
  if (text.equals(original)) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  await writeFile(file, text);
  reporting.caution(`the edited event is kept in ${file}`);
}

/**
 * Runs the editor in a shell, because VISUAL and EDITOR may have arguments. It runs in the folder, so the name needs no
 * quotes.
 */
async function runEditor(editor: string, cwd: string, { env, signal }: Environment): Promise<void> {
  const child = spawn(`${editor} ${name}`, { cwd, env, shell: true, stdio: 'inherit' });
  const [code, killer] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // Ctrl-C ends both programs, so the editor's end isn't a failure.
  signal.throwIfAborted();
  if (code === 0) return;
  throw new InputError(`the editor ended with ${code ?? killer ?? 'nothing'}: nothing was sent`, {
    hint: 'is VISUAL or EDITOR the right command?',
  });
}
