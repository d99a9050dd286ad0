import { expect, test } from 'vitest';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { createSecret } from '../../src/scheme/secret.js';

// The known answer from docs.github.com, "Validating webhook deliveries".
const github = new Scheme('github', { signature: { header: 'X-Hub-Signature-256', prefix: 'sha256=' } });
const secret = createSecret(Buffer.from("It's a Secret to Everybody"), 'the documentation');
const message = { method: 'POST', headers: [], body: Buffer.from('Hello, World!') };
const value = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

test('a scheme is added as a row of data, and then signs', () => {
  expect(github.sign(message, { secret, now: new Date(0) })).toEqual([['x-hub-signature-256', value]]);
});

test('it verifies', () => {
  const headers = [['X-Hub-Signature-256', value]] as const;
  expect(github.verify({ ...message, headers }, [secret])).toEqual({ valid: true, algorithm: 'sha256', secret });
});

test('it explains mistakes', () => {
  const headers = [['X-Hub-Signature-256', value]] as const;
  const diagnosis = diagnose(
    { ...message, body: Buffer.from('Hello, World!\n'), headers },
    { secrets: [secret] },
    github,
  );
  expect(diagnosis).toMatchObject({ found: true, findings: [{ id: 'without-final-newline' }] });
});
