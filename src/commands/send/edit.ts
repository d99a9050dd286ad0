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

/** Says what is wrong with a body, as a clause; undefined: nothing. */
type FindProblem = (body: Uint8Array) => Promise<string | undefined>;

type EditPorts = Pick<Ports, 'environment' | 'reporting'>;

/**
 * Returns bodies as a person leaves them in an editor, and the same bytes where nothing was changed. The editor opens again for
 * one with a problem. Whatever goes wrong, changes are kept in files, which are named. Throws UsageError without an editor, and
 * InputError if it fails or the person gives up.
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
      if (!result) ports.reporting.warn('nothing was changed: the event goes out as it was');
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
  // Never from a dotenv file: its author must not start programs here.
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
  /** Before any change. */
  original: Buffer;
}

async function openDraft(body: Uint8Array): Promise<Draft> {
  const shown = JSON.stringify(JSON.parse(new TextDecoder().decode(body)), undefined, 2);
  // mkdtemp makes a folder that only its owner can open.
  const folder = await mkdtemp(path.join(tmpdir(), 'webhook-cli-'));
  const draft = { folder, file: path.join(folder, name), original: Buffer.from(`${shown}\n`) };
  await writeFile(draft.file, draft.original, { mode: 0o600 });
  return draft;
}

/** Opens the editor until nothing is wrong. Resolves to undefined where nothing was changed. */
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
  [`# ${oneLine(problem)}`, '# Fix it, or close the editor without a change to give up.', ''].join('\n');

/** Leaves out the lines at the top that begin with #, which no JSON does. */
const withoutNotes = (text: Buffer): Buffer => {
  const [notes = ''] = /^(?:#[^\n]*(?:\n|$))*/.exec(text.toString('latin1')) ?? [];
  return text.subarray(notes.length);
};

/** What a person has written isn't lost, whatever went wrong. */
async function keepIfChanged({ folder, file, original }: Draft, { reporting }: EditPorts): Promise<void> {
  const text = withoutNotes(await readFile(file).catch(() => original));
  if (text.equals(original)) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  await writeFile(file, text);
  reporting.caution(`the edited event is kept in ${file}`);
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
