import path from 'node:path';
import { fileName } from '../../config/file/read.js';
import { parseConfig } from '../../config/file/parse.js';
import { DeclinedError, UsageError } from '../../errors.js';
import type { Ask, ConfigFlags, Verdict } from '../../ports.js';
import type { Ports } from '../../contract/command.js';
import { answersTo, type AnswerFlags } from './answers.js';
import { configText, dotenvText } from './content.js';
import { contentOf, ignore, isSeenByGit, placeFile } from './files.js';
import { todoAfter } from './todo.js';
import type { InitReport } from './view.js';

export { view } from './view.js';

export interface InitOptions extends AnswerFlags {
  gitignore: boolean;
  force?: boolean;
}

/** Where to write: display names, and the path to open as `file`. */
interface Targets {
  config: string;
  file: string;
  profile: string | undefined;
  dotenv: string;
}

export async function run(options: InitOptions, ports: Ports<InitReport>): Promise<Verdict> {
  const { clock, environment, reporting } = ports;
  const { cwd, packageRoot, configFlags } = environment;
  const { config = fileName, profile, dotenv = '.env' } = configFlags;
  const targets = { config, file: path.resolve(cwd, config), profile, dotenv };
  const existing = await keptOf(targets, options, ports);
  const hasDotenv = (await contentOf(path.resolve(cwd, dotenv))) !== undefined;
  const answers = await answersTo(options, reporting.ask, { hasDotenv });
  const isIgnoring = answers.secret.from === 'dotenv' && (await asksToIgnore(dotenv, options, ports));
  const text = configText(answers, existing, { folder: path.dirname(targets.file), cwd, packageRoot, dotenv, profile });
  // Write nothing before everything is known.
  const written = [config];
  if (isIgnoring) await ignore(dotenv, cwd);
  if (answers.secret.from === 'dotenv' && !hasDotenv) {
    await placeFile(path.resolve(cwd, dotenv), dotenvText(answers.secret.secret), { mode: 0o600, clock });
    written.push(dotenv);
  }
  await placeFile(targets.file, text, { mode: 0o644, clock });
  const todo = await todoAfter(answers, dotenv, ports);
  await reporting.report({
    type: 'init',
    written,
    ...(isIgnoring && { ignored: dotenv }),
    ...(todo !== undefined && { todo }),
    next: nextOf(configFlags),
  });
  return 'positive';
}

/** Returns the content to keep from an existing file. Throws DeclinedError after a no, UsageError without a terminal. */
async function keptOf(
  { file, config, profile }: Targets,
  options: InitOptions,
  { reporting: { ask } }: Pick<Ports<InitReport>, 'reporting'>,
): Promise<Record<string, unknown>> {
  const text = await contentOf(file);
  if (text === undefined) return {};
  if (profile === undefined) {
    await refuseLoss(config, options, ask);
    return {};
  }
  const { profiles } = await parseConfig(text, config);
  if (profiles.has(profile)) await refuseLoss(`profile ${profile} in ${config}`, options, ask);
  return JSON.parse(text) as Record<string, unknown>;
}

async function refuseLoss(what: string, { force, yes }: InitOptions, ask: Ask | undefined): Promise<void> {
  if (force) return;
  const question = { message: `${what} already exists. Overwrite it?`, default: false };
  if (!yes && ask) {
    if (await ask.confirm(question)) return;
    throw new DeclinedError('nothing was written', { hint: '--force overwrites it' });
  }
  throw new UsageError(`${what} already exists`, { hint: '--force overwrites it' });
}

async function asksToIgnore(
  dotenv: string,
  { gitignore, yes }: InitOptions,
  { environment: { cwd }, reporting: { ask } }: Pick<Ports<InitReport>, 'environment' | 'reporting'>,
): Promise<boolean> {
  if (!gitignore || !(await isSeenByGit(dotenv, cwd))) return false;
  if (yes || !ask) return true;
  return ask.confirm({ message: `Add ${dotenv} to .gitignore, so that it's never committed?`, default: true });
}

function nextOf({ config, profile }: ConfigFlags): string[] {
  const named = Object.entries({ config, profile }).filter(([, value]) => value !== undefined);
  const flags = named.map(([name, value]) => ` --${name} ${value ?? ''}`).join('');
  return [`webhook-cli config${flags}`, `webhook-cli send --status APPROVED${flags}`];
}
