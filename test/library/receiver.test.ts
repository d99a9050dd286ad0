import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { UsageError, WaitTimeoutError } from '../../src/index.js';
import { eventOf, post, receiving, secret } from './receiving.js';

describe('A receiver', () => {
  test('responds according to the list, and shows each request in full', async () => {
    const receiver = await receiving({
      respond: [500, { status: 202, headers: { 'x-note': 'a' }, body: { ok: true } }],
    });
    const body = await eventOf('APPROVED');
    expect([await post(receiver, body), await post(receiver, body), await post(receiver, body)]).toEqual([
      500, 202, 202,
    ]);
    const [first] = receiver.requests;
    expect(first).toMatchObject({
      ...{ seq: 1, method: 'POST', target: '/', answer: 500, isAccepted: true, refusal: undefined },
      headers: { 'content-type': 'application/json' },
      verification: { valid: true, scheme: 'fin', algorithm: 'sha256', secretIndex: 0 },
      json: { data: { customer_status: 'APPROVED' } },
    });
    expect(first?.body.equals(body)).toBe(true);
    expect(receiver.requests.map(({ answer }) => answer)).toEqual([500, 202, 202]);
  });

  test('runs a custom body through respond', async () => {
    const receiver = await receiving({ scheme: 'stripe', respond: { body: { ok: true } } });
    const { sign } = await import('../../src/index.js');
    const request = sign('not JSON', { secret, scheme: 'stripe' });
    const answer = await fetch(receiver.url, request);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['application/json', '{"ok":true}']);
    expect(receiver.requests[0]).toMatchObject({ json: undefined, isAccepted: true });
  });

  test('calls a function, which sees the request and may take its time', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>(resolve => (open = resolve));
    const receiver = await receiving({
      async respond({ json }) {
        await gate;
        return (json as { data: { customer_status: string } }).data.customer_status === 'APPROVED' ? 204 : 409;
      },
    });
    const answers = Promise.all([
      post(receiver, await eventOf('APPROVED')),
      post(receiver, await eventOf('QUEUED', 2)),
    ]);
    const request = await receiver.waitFor();
    expect(request.answer).toBeUndefined();
    open();
    expect((await answers).sort()).toEqual([204, 409]);
  });

  test('refuses unsigned requests and invalid events without calling respond', async () => {
    const receiver = await receiving({ respond: () => 204, path: '/hooks' });
    const here = { url: `${receiver.url}/hooks` };
    const body = await eventOf('APPROVED');
    expect(await post(receiver, body)).toBe(404);
    expect(await post(here, body, { with: 'p0Wn8RtYb3Hs' })).toBe(401);
    expect(await post(here, '{"event":{}}')).toBe(400);
    const [wrongPath, forged, noEvent] = receiver.requests;
    expect(wrongPath).toMatchObject({ refusal: 'wrong-path', verification: undefined, answer: 404 });
    expect(forged).toMatchObject({ verification: { valid: false, reason: 'signature-mismatch' }, answer: 401 });
    expect(noEvent).toMatchObject({ verification: { valid: true }, isAccepted: false, answer: 400 });
    expect(noEvent?.problems.map(({ code }) => code)).toContain('missing');
  });

  test('yields requests as they arrive until it’s closed', async () => {
    const receiver = await receiving();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { seq } of receiver) seen.push(seq);
    })();
    await post(receiver, await eventOf('APPROVED'));
    await post(receiver, await eventOf('APPROVED'), { with: 'p0Wn8RtYb3Hs' });
    await receiver.close();
    await reading;
    expect(seen).toEqual([1, 2]);
  });

  test('refuses invalid options, and shows no secret', async () => {
    const wrong = [
      [{ secret: undefined }, 'options.secret is missing'],
      [{ secret: [] }, 'options.secret is an empty list'],
      [{ secret: '' }, 'the secret from options.secret is empty'],
      [{ secret: [secret, '\0\0'] }, 'the secret from options.secret[1] has a NUL byte in it'],
      [
        { secret: 'h@lf-way-there', scheme: 'standard-webhooks' },
        "the secret from options.secret isn't base64 after whsec_",
      ],
      [{ scheme: 'stipe' }, 'unknown scheme "stipe"'],
      [{ scheme: {} }, 'options.scheme.signature is missing'],
      [{ scheme: { signature: { header: 'x', list: ',' } } }, 'options.scheme.signature needs pair'],
      [{ respond: 99 }, "respond: 99 isn't a status"],
      [{ respond: { headers: { 'Content-Length': '1' } } }, 'respond: Content-Length is set by the receiver'],
      [{ tolerance: '5m' }, 'options.tolerance has no effect: fin signs no time'],
      [{ port: -1 }, 'options.port is -1'],
      [{ maxRequests: Number.NaN }, 'options.maxRequests should be a whole number'],
    ] as const;
    for (const [options, message] of wrong) {
      const error: unknown = await receiving(options as never).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error, message).toBeInstanceOf(UsageError);
      expect((error as UsageError).message).toBe(message);
      expect(JSON.stringify([error, (error as UsageError).stack])).not.toContain(secret);
    }
  });
});

describe('waitFor', () => {
  test('finds earlier requests, and returns each request once', async () => {
    const receiver = await receiving();
    await post(receiver, await eventOf('QUEUED'));
    await post(receiver, await eventOf('APPROVED'));
    const approved = { 'data.customer_status': 'APPROVED' };
    expect((await receiver.waitFor(approved)).seq).toBe(2);
    const both = Promise.all([receiver.waitFor(approved), receiver.waitFor(approved)]);
    await post(receiver, await eventOf('APPROVED'));
    await post(receiver, await eventOf('APPROVED'));
    expect((await both).map(({ seq }) => seq)).toEqual([3, 4]);
    expect((await receiver.waitFor()).seq).toBe(1);
  });

  test('accepts paths, expressions, functions and schemas', async () => {
    const receiver = await receiving({ scheme: 'github' });
    const scheme = 'github';
    for (const body of ['{"a":{"b":[1,{"c":null}]}}', '{"__proto__":{"x":1}}', '[]', 'text', '{"n":5}', '{"n":"5"}'])
      await post(receiver, body, { scheme });
    const seqOf = async (match: Parameters<typeof receiver.waitFor>[0]) => (await receiver.waitFor(match)).seq;
    expect(await seqOf({ 'a.b.0': 1, 'a.b.1': { c: null } })).toBe(1);
    expect(await seqOf({ n: /^5$/ })).toBe(6);
    expect(await seqOf(z.object({ n: z.number() }))).toBe(5);
    expect(await seqOf(async ({ body }) => Promise.resolve(body.toString() === 'text'))).toBe(4);
    await expect(receiver.waitFor({ x: 1 }, { timeout: 0 })).rejects.toThrow('x = 1: nothing arrived within 0 ms');
    await expect(receiver.waitFor(7 as never)).rejects.toThrow(UsageError);
  });

  test('rejects with the error that its function throws', async () => {
    const receiver = await receiving();
    await post(receiver, await eventOf('APPROVED'));
    const wait = receiver.waitFor(() => {
      throw new TypeError('no such property');
    });
    await expect(wait).rejects.toThrow(new TypeError('no such property'));
  });

  test('lists the requests that arrived, why they don’t match, and the cause of a bad signature', async () => {
    const receiver = await receiving();
    const body = await eventOf('QUEUED');
    await post(receiver, body);
    await receiver.waitFor();
    await post(receiver, body);
    const { headers } = (await import('../../src/index.js')).sign(body, { secret });
    const pretty = JSON.stringify(JSON.parse(Buffer.from(body).toString()), undefined, 2);
    await fetch(receiver.url, { method: 'POST', headers, body: pretty });
    await fetch(receiver.url, { method: 'POST', headers: { 'stripe-signature': 't=1,v1=0' }, body: '\u0007' });
    const error: unknown = await receiver.waitFor({ 'data.customer_status': 'APPROVED' }, { timeout: 1 }).catch((reason: unknown) => reason); // prettier-ignore
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toMatchObject({ code: 'wait-timeout' });
    const lines = (error as Error).message.split('\n');
    expect(lines[0]).toBe('data.customer_status = "APPROVED": nothing arrived within 1 ms');
    expect(lines[1]).toBe('4 requests came:');
    expect(lines[2]).toBe('  #1 POST / → 200  data.customer_status is "QUEUED"');
    expect(lines[4]).toMatch(/^ {2}#3 POST \/ → 401 {2}signature-mismatch: its signature is for another body/);
    expect(lines[5]).toMatch(/^ {5}why: .*JSON/);
    expect(lines.at(-1)).toMatch(/#4 .*signature-missing: it has no signature; it looks like stripe$/);
    expect((error as Error).message).not.toContain(secret);
  });
});

test('expectNone sees requests that nobody waited for, including refused ones', async () => {
  const receiver = await receiving();
  await receiver.expectNone({ for: 1 });
  await post(receiver, await eventOf('APPROVED'));
  await receiver.waitFor();
  await receiver.expectNone({ for: 1 });
  const late = receiver.expectNone({ for: 20_000 });
  await Promise.all([
    expect(late).rejects.toThrow(
      /^a request arrived, but none was expected\n {2}#2 POST \/ → 401 {2}signature-mismatch/,
    ),
    post(receiver, await eventOf('APPROVED'), { with: 'p0Wn8RtYb3Hs' }),
  ]);
  await receiver.expectNone({ for: 1, match: { 'data.customer_status': 'APPROVED' } });
});
