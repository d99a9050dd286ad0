import { Command } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingFlags, settingHelp } from '../../src/contract/shared-flags.js';
import { commands } from '../../src/commands/definitions.js';
import { resolveSettings } from '../../src/config/resolve.js';
import { parseConfig } from '../../src/config/file/parse.js';
import { attributeOf, flagOf, rowOf, settingNames, type SettingName } from '../../src/config/settings.js';
import { configurationOf } from '../../src/config/configuration.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { fileName } from './configured.js';

/** For each kind of value, one as a flag and the same as in the file. */
const samplesOf = (name: SettingName): { flag: string; file: unknown } => {
  const { holds } = rowOf(name);
  switch (holds.kind) {
    case 'number':
      return { flag: String(holds.most), file: holds.most };
    case 'choice':
      return { flag: holds.names.at(-1) ?? '', file: holds.names.at(-1) };
    case 'headers':
      return { flag: 'x-a: b', file: { 'x-a': 'b' } };
    case 'list':
      return { flag: 'a,b', file: ['a', 'b'] };
    case 'text': {
      const texts = holds.isPath ? ['/folder/file'] : ['http://localhost:1/', '1500ms', 'text'];
      const text = texts.find(candidate => isRead(candidate, holds.parse)) ?? '';
      return { flag: text, file: text };
    }
  }
};

function isRead(text: string, parse: (text: string) => unknown): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `listen.port` and a value, as an object. */
const placed = (key: string, value: unknown): object =>
  key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as object;

describe.each(settingNames)('%s', name => {
  const { flags, key } = rowOf(name);
  const { flag, file } = samplesOf(name);

  test('has the same meaning as a flag and in the file', async () => {
    const command = settingFlags(new Command(), name).parse([flagOf(rowOf(name)), flag], { from: 'user' });
    const fromFlag = resolveSettings([name], command.opts(), configurationOf({}))[name];
    const { base } = await parseConfig(JSON.stringify(placed(key, file)), fileName);
    expect(base.settings[name]).toEqual(fromFlag);
    expect(fromFlag).not.toEqual(rowOf(name).default);
  });

  test('has the attribute name that commander uses', () => {
    const [option] = settingFlags(new Command(), name).options;
    expect(option).toMatchObject({ flags, long: flagOf(rowOf(name)), description: settingHelp(name) });
    expect(option?.attributeName()).toBe(attributeOf(rowOf(name)));
  });

  test('is listed by config, spelt as in the file', async () => {
    const cwd = temporaryFolder();
    const content = path.join(cwd, 'other.json');
    const text = JSON.stringify(placed(key, file));
    writeFileSync(content, text);
    const { stdout } = await webhookCli(['config', '--json', '--config', content], { cwd });
    const found = reportsIn(stdout).filter(report => String(report['key']).startsWith(key) && report['line'] === 1);
    expect(found.map(report => report['value'])).toEqual([name === 'headers' ? 'b' : file]);
  });

  test('is in the table of keys in docs/settings.md', () => {
    expect(readFileSync(path.join(root, 'docs/settings.md'), 'utf8')).toContain(key.split('.').at(-1));
  });
});

test('flags shared by commands have one description, if they are settings in both', () => {
  const worded = commands.flatMap(({ name, configure }) => {
    const command = new Command(name);
    configure(command);
    return command.options
      .filter(option => settingNames.some(setting => settingHelp(setting) === option.description))
      .map(option => `${option.long ?? ''} ${option.description}`);
  });
  expect(new Set(worded).size).toBe(new Set(settingNames.map(name => settingHelp(name))).size);
});

test('a value is written as in the file: reading it again gives the same', () => {
  for (const name of settingNames) {
    const { holds, default: usual } = rowOf(name);
    if (holds.kind !== 'text' || usual === undefined) continue;
    expect(holds.parse(holds.write(usual as never))).toEqual(usual);
  }
});
