import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askFish, hostile, isMissing, type } from './shells.js';
import { isTerminalMissing } from '../support/pseudo-terminal.js';

/** A line with a Tab in it, and the resulting line. It's the same in both shells. */
const lines = [
  ['webhook-cli sen\t', 'webhook-cli send '],
  ['webhook-cli send --fix\t', 'webhook-cli send --fixture '],
  ['webhook-cli send --status=QUEUED,app\t', 'webhook-cli send --status=QUEUED,APPROVED '],
  ['webhook-cli send -s "APP\t', 'webhook-cli send -s "APPROVED" '],
  ['webhook-cli --profile my\t', 'webhook-cli --profile my\\ place '],
  ["webhook-cli --profile 'my\t", "webhook-cli --profile 'my place' "],
  ['webhook-cli --profile \\;\t', 'webhook-cli --profile \\;touch\\ done '],
  ['webhook-cli --profile \\$\\(\t', 'webhook-cli --profile \\$\\(touch\\ done\\) '],
  ['webhook-cli send tw\t', 'webhook-cli send two\\ words.json '],
  ['webhook-cli listen --save=two\t', 'webhook-cli listen --save=two\\ words.json '],
  ['webhook-cli generate --out ev\t', 'webhook-cli generate --out events/'],
  ['webhook-cli send --customer ev\t', 'webhook-cli send --customer ev'],
  ['webhook-cli send $(touch done) --fix\t', 'webhook-cli send $(touch done) --fixture '],
] as const;

const madeBy = (folder: string) => readdirSync(folder).filter(name => name === 'done');

describe.skipIf(isTerminalMissing || isMissing('bash'))(
  'bash (if installed, on a terminal by script of util-linux)',
  () => {
    test('completes a line without running any of it', async () => {
      // All profile names at once, and each list as it's shown.
      const typed = await type('bash', [...lines.map(([line]) => line), 'webhook-cli --profile \u000f']);
      expect(typed.lines.slice(0, -1)).toEqual(lines.map(([, completed]) => completed));
      const all = typed.lines.at(-1);
      expect(all).toContain('staging my\\ place');
      for (const name of hostile) expect(all).toContain(name.replaceAll(/[$`;*'"\\() ]/g, '\\$&'));
      expect(typed.screen).not.toMatch(/error|not found/);
      expect(madeBy(typed.folder)).toEqual([]);
    });
  },
);

describe.skipIf(isTerminalMissing || isMissing('zsh'))(
  'zsh (if installed, on a terminal by script of util-linux)',
  () => {
    test('completes a line with descriptions, without running any of it', async () => {
      const typed = await type('zsh', [...lines.map(([line]) => line), 'webhook-cli send -s A\t']);
      expect(typed.lines).toEqual([...lines.map(([, completed]) => completed), 'webhook-cli send -s A']);
      expect(typed.screen).toMatch(/^APPROVED +-- verified and approved/m);
      expect(typed.screen).not.toMatch(/error|not found/);
      expect(madeBy(typed.folder)).toEqual([]);
    });
  },
);

describe.skipIf(isMissing('fish'))('fish (if installed)', () => {
  test('offers candidates with descriptions, without running anything', () => {
    const expected: [string, string[]][] = [
      ['webhook-cli sen', ['send\tSend signed events to a receiver']],
      ['webhook-cli send --status=QUEUED,app', ['--status=QUEUED,APPROVED\tverified and approved']],
      ['webhook-cli send -s "APP', ['APPROVED\tverified and approved']],
      ['webhook-cli --profile ', ['staging', 'my place', ...hostile]],
      ['webhook-cli send tw', ['two words.json']],
      ['webhook-cli listen --save=two', ['--save=two words.json']],
      ['webhook-cli generate --out ev', ['events/\tDirectory']],
      ['webhook-cli send --customer ev', []],
      ['webhook-cli send (touch done) --fix', ['--fixture\tSend this fixture; repeatable']],
    ];
    const { answers, folder } = askFish(expected.map(([line]) => line));
    expect(answers).toEqual(expected.map(([, offered]) => offered));
    expect(madeBy(folder)).toEqual([]);
  });
});
