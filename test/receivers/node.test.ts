import { expect, test } from 'vitest';
import { nodeHosts, otherHosts } from './hosts.js';
import { names, receiverOf, rows } from './page.js';
import { failuresOfMistaken, statusWithoutSecret, verdict } from './trying.js';

test('every receiver on the page is in its table, and is run unless the table says otherwise', () => {
  expect(rows.map(({ name }) => name)).toEqual(names);
  const run = rows.filter(({ check }) => check !== 'not run').map(({ name }) => name);
  expect([...nodeHosts, ...otherHosts].map(({ name }) => name)).toEqual(run);
});

test.each(nodeHosts)('$name gives the result in the table', async host => {
  const { check, large } = receiverOf(host.name);
  expect(await verdict(host)).toEqual({ check, large });
});

test.each(nodeHosts)('the mistake that $name invites fails the cases named on the page', async host => {
  const { fails } = receiverOf(host.name);
  expect(fails).not.toEqual([]);
  expect(await failuresOfMistaken(host)).toEqual(expect.arrayContaining([...fails]));
});

test('none of them starts with an empty secret', async () => {
  expect(await statusWithoutSecret(nodeHosts[0]!)).toBeUndefined();
});
