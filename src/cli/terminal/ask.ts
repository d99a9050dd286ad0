import type { Ask } from '../../ports.js';
import type { Host } from '../host.js';
import type { Asking } from './asking.js';

/** Questions, if there is a terminal to ask on; the prompts are loaded with the first one. */
export function askIn(asking: Asking): Ask | undefined {
  if (!isAnybodyThere(asking.host)) return undefined;
  const prompts = async () => (await import('./prompts.js')).createPrompts(asking);
  return {
    select: async question => (await prompts()).select(question),
    pick: async question => (await prompts()).pick(question),
    input: async question => (await prompts()).input(question),
    secret: async question => (await prompts()).secret(question),
    confirm: async question => (await prompts()).confirm(question),
  };
}

/** Questions go to standard error, so it must be a terminal, too. A dumb terminal can't move its cursor. */
export function isAnybodyThere({ env, stdout, stderr, isStdinTerminal }: Host): boolean {
  const { CI: ci = '', TERM: terminal } = env;
  const isMachine = !['', '0', 'false'].includes(ci.toLowerCase());
  return !isMachine && terminal !== 'dumb' && stdout.isTTY === true && stderr.isTTY === true && isStdinTerminal;
}
