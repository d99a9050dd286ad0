import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSecret } from '../../src/scheme/secret.js';
import { diagnose, signatureHeader } from '../support/fin.js';
import { documents } from './serialisers/documents.js';

/** The forms of each document in base64, by document and form name. */
type Forms = Record<string, Record<string, string>>;

const folder = path.join(import.meta.dirname, 'serialisers');
const vectors = path.join(import.meta.dirname, '../../fixtures/vectors/serialisers');

/** Programs that read the documents and write `Forms` with their language's serialisers. */
const programs = {
  python: ['/usr/bin/python3', path.join(folder, 'python.py')],
  php: ['php', path.join(folder, 'php.php')],
  ruby: ['ruby', path.join(folder, 'ruby.rb')],
  go: ['go', 'run', path.join(folder, 'go.go')],
} as const;

type Language = keyof typeof programs;
const languages = Object.keys(programs) as Language[];

const isInstalled = (command: string): boolean => {
  try {
    execFileSync('which', [command]);
    return true;
  } catch {
    return false;
  }
};

describe.each(languages)('%s', language => {
  const [command, ...args] = programs[language];

  // CI installs all of them, so a missing one fails there.
  test.skipIf(!isInstalled(command) && process.env['CI'] === undefined)('writes the output kept here', async () => {
    const output = execFileSync(command, args, { input: JSON.stringify(documents), encoding: 'utf8' });
    const forms = JSON.parse(output) as Forms;
    await expect(`${JSON.stringify(forms, sortedKeys(forms), 2)}\n`).toMatchFileSnapshot(
      path.join(vectors, `${language}.json`),
    );
  });
});

/** Go's maps have no fixed order. */
const sortedKeys = (forms: Forms): string[] =>
  [...new Set([...Object.keys(forms), ...Object.values(forms).flatMap(each => Object.keys(each))])].sort();

const formsOf = (language: Language): Forms =>
  JSON.parse(readFileSync(path.join(vectors, `${language}.json`), 'utf8')) as Forms;

const secret = createSecret(Buffer.from('a secret'), 'the test');

/** The findings when `arrived` is received with the signature of `signed`. */
function found(arrived: string, signed: Uint8Array): string[] | false | undefined {
  const signature = createHmac('sha256', 'a secret').update(signed).digest('hex');
  const diagnosis = diagnose({ body: Buffer.from(arrived), headers: [[signatureHeader, signature]] }, [secret]);
  return diagnosis?.found ? diagnosis.findings.map(({ id, words }) => `${id}: ${words}`) : diagnosis?.found;
}

const indented = (text: string): string => text.replace(/([{[,])(?=["{])/g, '$1\n  ');

/** Changes that can be reversed, unlike sorted keys and rounded numbers. */
const reversible = ['event', 'letters'];

describe.each(languages)('explains a signature of the original if %s wrote the body that arrived,', language => {
  const forms = formsOf(language);
  const cases = reversible.flatMap(name =>
    Object.entries(forms[name] ?? {})
      .filter(([form]) => !/sorted|of a map|Indent|Encoder|str of|to_s/.test(form))
      .map(([form, base64]) => ({ name, form, arrived: Buffer.from(base64, 'base64').toString() })),
  );

  test.each(cases)('$form of $name', ({ name, arrived }) => {
    const signed = JSON.stringify(JSON.parse(documents[name] ?? ''));
    if (signed !== arrived) expect(found(arrived, Buffer.from(signed))).toBeTruthy();
  });
});

describe.each(languages)('explains a signature of the output of %s,', language => {
  const forms = formsOf(language);
  const cases = Object.entries(forms).flatMap(([name, byForm]) =>
    Object.entries(byForm).map(([form, base64]) => ({ name, form, signed: Buffer.from(base64, 'base64') })),
  );

  test.each(cases)('$form of $name', ({ name, form, signed }) => {
    const arrived = documents[name] ?? '';
    if (signed.toString() !== arrived) expect(found(arrived, signed)).toBeTruthy();
    if (form !== 'str of bytes') expect(found(indented(arrived), signed)).toBeTruthy();
  });
});
