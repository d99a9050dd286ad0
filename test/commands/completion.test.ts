import { describe, expect, test } from 'vitest';
import { scripts } from '../../src/commands/completion/scripts.js';
import { reportsIn, webhookCli } from '../support/cli.js';

describe.each(Object.keys(scripts))('completion %s', shell => {
  test('prints the same script with and without --quiet', async () => {
    const { exitCode, stdout, stderr } = await webhookCli(['completion', shell]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^# ${shell} completion for webhook-cli$`, 'm'));
    expect(stdout).toContain('command webhook-cli complete -- ');
    expect(await webhookCli(['completion', shell.toUpperCase(), '--quiet'])).toMatchObject({ stdout });
  });

  test('prints a report with --json', async () => {
    const { stdout: script } = await webhookCli(['completion', shell]);
    const { stdout } = await webhookCli(['completion', shell, '--json']);
    expect(reportsIn(stdout)).toEqual([{ type: 'completion', shell, script }]);
  });

  test('evaluates nothing that a user typed or a file contains', async () => {
    const { stdout } = await webhookCli(['completion', shell]);
    expect(stdout).not.toMatch(/\beval\b|compgen -W/);
  });
});

test.each([
  [['completion'], 'completion needs a shell', 'one of bash, zsh, fish'],
  [['completion', 'zhs'], 'unknown shell "zhs"', 'did you mean "zsh"?'],
  [['completion', 'powershell'], 'unknown shell "powershell"', 'one of bash, zsh, fish'],
  [['complete'], 'unknown command "complete"', 'webhook-cli --help lists the commands'],
])('%j is a usage error that lists the shells', async (argv, message, hint) => {
  const { exitCode, stdout, stderr } = await webhookCli(argv);
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `error: ${message}\nhint: ${hint}\n`,
  });
});

test("help says how to install it in each shell, in 80 columns, and hides the scripts' own command", async () => {
  const { stdout } = await webhookCli(['completion', '--help']);
  for (const file of ['~/.bashrc', '~/.zshrc', '~/.config/fish/completions/webhook-cli.fish'])
    expect(stdout).toContain(file);
  expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
  for (const page of [stdout, (await webhookCli(['--help'])).stdout]) expect(page).not.toMatch(/\bcomplete\b/);
});
