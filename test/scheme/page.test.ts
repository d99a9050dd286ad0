import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SchemeDefinition } from '../../src/scheme/definition.js';
import { fromSeed } from '../../src/scheme/ed25519.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret, secretFromKey, type Secret } from '../../src/scheme/secret.js';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { page } from './page.js';

const now = new Date('2026-01-31T09:30:00Z');
const message = { method: 'POST', headers: [], body: Buffer.from('{"kind":"order.paid"}') };

const blocksOf = (language: string): string[] =>
  [...page().matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\`$`, 'gms'))].map(([, block = '']) => block);

const definitions = blocksOf('json').flatMap(block =>
  Object.entries((JSON.parse(block) as { schemes: Record<string, SchemeDefinition> }).schemes),
);

// `npx vitest run test/scheme/page.test.ts --update` rewrites it.
test('docs/schemes.md matches the schemes', async () => {
  await expect(page()).toMatchFileSnapshot(path.join(root, 'docs/schemes.md'));
});

test('the page has a snippet for each step and each variant', () => {
  expect(definitions.map(([name]) => name)).toEqual([
    'acme', 'acme', 'acme', 'acme', 'acme-ed25519', 'convoy-simple', 'convoy-sha512',
  ]); // prettier-ignore
});

describe.each(definitions)('the definition of %s', (name, definition) => {
  const scheme = new Scheme(name, definition);
  const isEd25519 = definition.algorithm === 'ed25519';
  const secret: Secret = isEd25519
    ? { ...fromSeed(Buffer.alloc(32, 's33D')), origin: 'the page' }
    : secretFromKey(Buffer.from('acme-Key-4711'), 'the page');

  test(`signs and verifies: ${JSON.stringify(definition)}`, () => {
    const headers = scheme.sign(message, { secret, now, id: 'dlv_1' });
    expect(scheme.verify({ ...message, headers }, [secret], now)).toMatchObject({ valid: true });
    const changed = { ...message, headers, body: Buffer.from('{"kind":"order.lost"}') };
    expect(scheme.verify(changed, [secret], now)).toEqual({ valid: false, reason: 'signature-mismatch' });
  });
});

test('the Acme request has the signature described in its last step', () => {
  const [, definition] = definitions.findLast(([name]) => name === 'acme')!;
  const scheme = new Scheme('acme', definition);
  const secret = secretFromKey(Buffer.from('acme-Key-4711'), 'the page');
  const shown = [...(blocksOf('http')[0] ?? '').matchAll(/^(Acme-\w+): (.*)$/gm)].map(
    ([, name = '', value = '']) => [name.toLowerCase(), value] as const,
  );
  expect(new Map(shown)).toEqual(new Map(scheme.sign(message, { secret, now, id: 'dlv_1' })));
});

test('the key pair made by the page’s command signs and verifies', () => {
  const folder = temporaryFolder();
  execFileSync('sh', ['-e', '-c', blocksOf('sh').join('\n')], { cwd: folder, stdio: 'ignore' });
  const scheme = schemes['standard-webhooks'];
  const [privateKey, publicKey] = ['private-key', 'public-key'].map(name =>
    createSecret(Buffer.from(readFileSync(path.join(folder, name), 'utf8').trim()), name, scheme.secrets),
  ) as [Secret, Secret];
  const headers = scheme.sign(message, { secret: privateKey, now, id: 'msg_1' });
  expect(headers.at(-1)?.[1]).toMatch(/^v1a,/);
  expect(scheme.verify({ ...message, headers }, [publicKey], now)).toMatchObject({ valid: true, algorithm: 'ed25519' });
});
