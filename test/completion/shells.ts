import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { scripts } from '../../src/commands/completion/scripts.js';
import { compiledCode } from '../support/compiled-code.js';
import { temporaryFolder } from '../support/folder.js';

/** Names that would have an effect if a shell treated them as more than text. */
export const hostile = [
  '$(touch done)',
  '`touch done`',
  ';touch done',
  '$HOME',
  '*',
  "qu'ote",
  'qu"ote',
  'back\\slash',
];

interface Home {
  folder: string;
  env: NodeJS.ProcessEnv;
}

/** A home with the built command on PATH, a few files, and a configuration file with hostile names in it. */
function createHome(): Home {
  const folder = temporaryFolder();
  for (const each of ['bin', 'events', 'empty']) mkdirSync(path.join(folder, each));
  symlinkSync(path.join(inject('builtPackage'), 'bin/webhook-cli.js'), path.join(folder, 'bin/webhook-cli'));
  for (const file of ['two words.json', 'events.json']) writeFileSync(path.join(folder, file), '');
  const profiles = Object.fromEntries(['staging', 'my place', ...hostile].map(name => [name, {}]));
  writeFileSync(path.join(folder, 'webhook-cli.config.json'), JSON.stringify({ profiles }));
  const env = {
    PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    TERM: 'xterm',
    ...compiledCode(),
  };
  return { folder, env };
}

/** On a developer's machine, a missing shell skips the test; in CI it must be installed. */
export const isMissing = (...programs: string[]): boolean =>
  !process.env['CI'] && programs.some(program => spawnSync(program, ['--version']).error !== undefined);

/** Ctrl-G writes the line being edited to a file. */
const interactive = {
  bash: {
    command: 'bash --noprofile --rcfile setup -i',
    script: scripts.bash,
    setup: String.raw`source ./script
      dump() { printf '%s\n' "$READLINE_LINE" >> lines; }
      bind -x '"\C-g": dump'; bind '"\C-o": insert-completions'; PS1='> '`,
  },
  zsh: {
    command: 'ZDOTDIR=. zsh -i',
    script: scripts.zsh,
    setup: String.raw`source ./script
      dump() { print -r -- "$BUFFER" >> lines; }
      zle -N dump; bindkey '^G' dump; PS1='> '; LISTMAX=1000`,
  },
};

export interface Typed {
  /** The resulting lines. */
  lines: string[];
  /** Everything that was on the screen, without cursor movements. */
  screen: string;
  /** Files that a shell would have created if it ran a name as a command. */
  folder: string;
}

/** Types each of these into the shell, including Tab and other keys, and clears the line. */
export async function type(shell: keyof typeof interactive, lines: readonly string[]): Promise<Typed> {
  const { folder, env } = createHome();
  const { command, script, setup } = interactive[shell];
  writeFileSync(path.join(folder, 'script'), script);
  writeFileSync(path.join(folder, shell === 'zsh' ? '.zshrc' : 'setup'), setup);
  const child = spawn('script', ['-qefc', `stty cols 120 rows 100; ${command}`, '/dev/null'], { cwd: folder, env });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  const closed = once(child, 'close');
  // Text typed before the prompt appears isn't part of a command line yet.
  while (!screen.includes('> ')) {
    await Promise.race([once(child.stdout, 'data'), closed]);
    if (child.exitCode !== null) throw new Error(screen);
  }
  child.stdin.write([...lines.map(line => `${line}\u0007\u0015`), 'exit\r'].join(''));
  await closed;
  return {
    lines: readFileSync(path.join(folder, 'lines'), 'utf8').split('\n').slice(0, -1),
    screen: screen.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, ''),
    folder,
  };
}

/** The candidates that fish offers for each of these. */
export function askFish(lines: readonly string[]): { answers: string[][]; folder: string } {
  const { folder, env } = createHome();
  writeFileSync(path.join(folder, 'script'), scripts.fish);
  const questions = lines.map(line => `complete -C '${line.replaceAll(/['\\]/g, '\\$&')}'; echo =`);
  const { stdout, stderr, error } = spawnSync(
    'fish',
    ['--no-config', '-c', ['source ./script', ...questions].join('\n')],
    {
      ...{ cwd: folder, env, encoding: 'utf8' },
    },
  );
  if (error) throw error;
  if (stderr !== '') throw new Error(stderr);
  return {
    answers: stdout
      .split('=\n')
      .slice(0, -1)
      .map(answer => answer.split('\n').slice(0, -1)),
    folder,
  };
}
