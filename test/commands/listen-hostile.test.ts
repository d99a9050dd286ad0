import { expect, test } from 'vitest';
import { listeningOn, terminal } from '../support/in-words.js';
import { approved, env, signatureOf, signed, statusOf, stopped } from '../support/listening.js';
import { post, rawClient } from '../support/raw.js';

const event = JSON.parse(approved.toString()) as { event: object; data: object };

/** Text that a terminal acts on or hides, or that a CI service treats as a command. */
const hostile = [
  '\u001b[2J\u001b]0;title\u0007',
  '\u009b31mred',
  '\u202ereversed\u2066',
  'zero\u200bwidth\u200d\ufeff\u00ad\u2060',
  'line\u2028separator\u0085',
  'back\b\b\r\u007f',
  'tags\u{e0041}\u{e0042}',
  '::add-mask::x',
  '::error file=a::b',
  '##[error]x',
  '##vso[task.setvariable variable=a]b',
  '##teamcity[message]',
];

const raw =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|::[a-z]|##/u;

/** An event that contains the text in every possible place. */
const eventWith = (text: string) =>
  JSON.stringify({
    event: { ...event.event, id: text, type: text, event_reference_id: text, [text]: text },
    data: { ...event.data, customer_status: text, [text]: text },
    [text]: [text],
  });

/** Like a peer that ignores the rules: UTF-8 where only ASCII is allowed. */
const sendRaw = async (url: string, ...requests: string[]) => {
  for (const bytes of requests) await (await rawClient(url, Buffer.from(bytes))).ended;
};

const isSentAsIs = (text: string) => !/[\u0000-\u001f\u007f]/.test(text);

test.each([[[]], [['--show', 'headers,body']], [['--json']], [['--json', '--show', 'headers,body']]])(
  'nothing hostile is printed raw with %j',
  async flags => {
    const { stdout, shown } = terminal(1000);
    const { url, ...running } = await listeningOn(stdout, ...flags);
    for (const text of hostile) {
      const body = eventWith(text);
      expect(await statusOf(url, signed(body))).toBeLessThan(500);
      expect(await statusOf(url, { method: 'POST', body })).toBe(401);
      expect(await statusOf(url, { method: 'POST', body: text })).toBe(401);
      const signature = signatureOf(text)['x-fin-signature'];
      const plain = isSentAsIs(text) ? text : 'x';
      await sendRaw(
        url,
        `POST /${text.replaceAll(' ', '')} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        post('', `x-hostile: ${text}`, 'connection: close'),
        post('', `x-hostile: ${plain}`, `x-fin-signature: ${signature}`, `x-fin-signature-algorithm: ${plain}`, 'connection: close'), // prettier-ignore
        `${text} / HTTP/1.1\r\nhost: x\r\n\r\n`,
      );
    }
    await stopped(running);
    expect(
      shown()
        .split('\n')
        .filter(line => raw.test(line)),
    ).toEqual([]);
    expect(shown().split('\n').length).toBeGreaterThan(hostile.length * 4);
    expect(shown()).not.toContain(env.WEBHOOK_SECRET);
  },
);

test('and the output still shows what it was', async () => {
  const { stdout, shown } = terminal(1000);
  const { url, ...running } = await listeningOn(stdout);
  await statusOf(url, { method: 'POST', body: eventWith('\u001b[31m::add-mask::x') });
  await stopped(running);
  expect(shown()).toContain('\\u001b[31m:\\u003aadd-mask:\\u003ax');
});
