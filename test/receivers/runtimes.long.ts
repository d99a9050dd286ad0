import { describe, expect, test } from 'vitest';
import { otherHosts } from './hosts.js';
import { receiverOf } from './page.js';
import { lackOf } from './start.js';
import { failuresOfMistaken, statusWithoutSecret, verdict } from './trying.js';

describe.each(otherHosts)('$name', host => {
  const lack = lackOf(host);
  const unlessLacking = test.skipIf(lack);
  const note = lack === undefined ? '' : ` (not run here: ${lack} fails)`;

  unlessLacking(`does what the table says${note}`, async () => {
    const { check, large } = receiverOf(host.name);
    expect(await verdict(host)).toEqual({ check, large });
  });

  unlessLacking(`fails the cases that the page names, with the mistake that it invites${note}`, async () => {
    const { fails } = receiverOf(host.name);
    expect(fails).not.toEqual([]);
    expect(await failuresOfMistaken(host)).toEqual(expect.arrayContaining([...fails]));
  });

  unlessLacking(`accepts nothing with an empty secret${note}`, async () => {
    expect([undefined, 500]).toContain(await statusWithoutSecret(host));
  });
});
