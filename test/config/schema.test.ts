import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { configSchema } from '../../src/config/file/schema.js';
import { parseConfig } from '../../src/config/file/parse.js';
import { rowOf, settingNames } from '../../src/config/settings.js';
import { root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { fileName } from './configured.js';

const file = path.join(root, 'schemas/webhook-cli.config.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
const isValid = new Ajv2020({ strict: true }).compile(schema);

test('the schema that ships for editors matches the one that checks the file', async () => {
  const own = z.toJSONSchema(configSchema, { io: 'input' });
  await expect(`${JSON.stringify(own, undefined, 2)}\n`).toMatchFileSnapshot(file);
});

interface Level {
  properties?: Record<string, Level>;
  additionalProperties?: unknown;
}

/** The user's own schemes have a separate schema. */
const keysOf = ({ properties = {} }: Level): string[] =>
  Object.entries(properties).flatMap(([key, inner]) => {
    const names = keysOf(inner);
    return names.length === 0 ? [key] : names.map(name => `${key}.${name}`);
  });

test('has every setting, at the top level and in profiles', () => {
  const top = schema as Level;
  const profile = top.properties?.['profiles']?.additionalProperties as Level;
  const keys = [
    ...settingNames.map(name => rowOf(name).key),
    'secretFile',
    'secretEnv',
    'dotenv',
    'fixtures',
    'schemes',
  ];
  expect(keysOf(profile).toSorted()).toEqual(keys.toSorted());
  expect(keysOf(top).toSorted()).toEqual([...keys, '$schema', 'profiles'].toSorted());
});

describe('both accept', () => {
  const page = readFileSync(path.join(root, 'docs/settings.md'), 'utf8');
  const examples = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, block = '']) => block);

  test('the example in docs/settings.md', () => {
    expect(examples.filter(text => text.includes('"profiles"'))).toHaveLength(1);
  });

  test.each(examples)('%s', async text => {
    expect(isValid(JSON.parse(text))).toBe(true);
    expect((await parseConfig(text, fileName)).base.settings).toHaveProperty('url');
  });

  test.each(['--yes', '--yes --profile p --secret-from dotenv', '--url http://localhost:1 --secret-file s'])(
    'the file written by init %s',
    async line => {
      const cwd = temporaryFolder();
      // As if installed in a project, where init refers to the schema.
      const packageRoot = new URL(`file://${cwd}/node_modules/@scope/webhook-cli/`);
      await webhookCli(['init', ...line.split(' ')], { cwd, packageRoot });
      const text = readFileSync(path.join(cwd, fileName), 'utf8');
      expect(text).toContain('"$schema"');
      expect(isValid(JSON.parse(text))).toBe(true);
      await parseConfig(text, fileName);
    },
  );

  test.each<[why: string, content: object]>([
    ['an unknown key', { tiemout: '1s' }],
    ['an unknown key of a profile', { profiles: { p: { profiles: {} } } }],
    ['an unknown key of listen', { listen: { prot: 1 } }],
    ['a text for a number', { retries: '1' }],
    ['a number out of range', { listen: { port: 65_536 } }],
    ['a number for a header', { headers: { a: 1 } }],
    ['an unknown algorithm', { algorithm: 'md5' }],
  ])('and both refuse %s', async (_, content) => {
    expect(isValid(content)).toBe(false);
    await expect(parseConfig(JSON.stringify(content), fileName)).rejects.toMatchObject({ code: 'usage' });
  });
});
