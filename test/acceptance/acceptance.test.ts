import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createShell } from '../support/shell.js';
import { settled, stepsIn } from '../support/transcript.js';

const folder = import.meta.dirname;

/** Each page is one session in a shell: a command after `$`, everything it prints, and its exit code unless that's 0. */
test.each(readdirSync(folder).filter(name => name.endsWith('.md')))('%s', async name => {
  const steps = stepsIn(readFileSync(path.join(folder, name), 'utf8'));
  expect(steps).not.toEqual([]);
  const run = createShell();
  for (const { command, ...expected } of steps) {
    const { output, exitCode } = await run(command).ended;
    expect({ command, output: settled(output), exitCode }).toEqual({
      command,
      ...expected,
      output: settled(expected.output),
    });
  }
});
