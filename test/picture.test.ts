import path from 'node:path';
import { expect, test } from 'vitest';
import { picture } from './picture.js';
import { root } from './support/cli.js';
import { textOf } from './support/documents.js';

// `npx vitest run test/picture.test.ts --update` redraws it.
test('the picture in the README matches the transcripts', async () => {
  await expect(picture()).toMatchFileSnapshot(path.join(root, 'docs/images/terminal.svg'));
  expect(textOf('README.md')).toContain('](docs/images/terminal.svg)');
});

test('shows a listener, a sender, a red check and its fix, as text, and loads nothing', () => {
  const words = picture().replaceAll(/<style>[^]*<\/style>|<[^>]*>/g, '');
  expect(words).toMatch(/\$ webhook-cli listen\n[^]*\$ webhook-cli send[^]*\$ webhook-cli check[^]*fix: /);
  expect(picture()).toMatch(/class="bad">✘<\/tspan> <tspan [^>]*>reserialised</);
  expect(picture()).not.toMatch(/url\(|@import|href|<image|<script/);
});
