import { timingSafeEqual } from 'node:crypto';
import { hmac, secret, type Behaviour } from '../receiver.js';
import type { Mutant } from './mutant.js';

const isWhole = (given: string): boolean => /^[0-9a-f]{64}$/.test(given);
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Requests that must be refused for their signatures. */
const badlySigned = 'unsigned empty-signature wrong-secret tampered tampered-newline truncated extended not-hex reserialised downgrade-md5 downgrade-sha1 swapped'.split(' '); // prettier-ignore
const rubbish = 'not-json empty-body truncated-json json-null json-array json-string json-number no-event no-data wrong-types invalid-utf8 nul deep'.split(' '); // prettier-ignore
const confusing = ['algorithm-unknown', 'algorithm-mismatch', 'two-signatures'];

const compact = (body: Buffer): Buffer | string => {
  try {
    return JSON.stringify(JSON.parse(body.toString()));
  } catch {
    return body;
  }
};

const withSignatures = (pick: (signatures: string[]) => string | undefined) => (): Partial<Behaviour> => ({
  signatureOf: ({ rawHeaders }) =>
    pick(rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === 'x-fin-signature')),
});

/** Receivers that accept what they must refuse, or refuse it wrongly. */
export const refusing: readonly Mutant[] = [
  {
    name: 'returns 200 to everything',
    changes: () => ({ allows: () => true, refuse: () => ({ status: 200 }), isEvent: () => true, parse: () => ({}) }),
    failed: [...badlySigned, 'get', 'put'],
    causes: ['verifies-nothing', 'any-method'],
    advice: [...confusing, 'prefixed', ...rubbish],
  },
  {
    name: 'drops the connection instead of refusing',
    changes: () => ({
      refuse: () => {
        throw new Error('refused');
      },
      fail: () => 'drop',
    }),
    failed: [...badlySigned, 'prefixed', 'upper-case', ...confusing],
    causes: ['refusal-crashes'],
  },
  {
    name: 'redirects instead of refusing',
    changes: () => ({ refuse: () => ({ status: 302, headers: { location: '/login' } }) }),
    failed: [...badlySigned, ...confusing],
    causes: ['login'],
    advice: ['prefixed'],
  },
  {
    name: 'returns 500 to a bad signature',
    changes: () => ({ refuse: () => ({ status: 500 }) }),
    failed: [...badlySigned, ...confusing],
    causes: ['refusal-crashes'],
    advice: ['prefixed'],
  },
  {
    name: 'returns 403 instead of 401',
    changes: () => ({ refuse: () => ({ status: 403 }) }),
    failed: [],
    causes: ['refuses-with-another-status'],
    advice: badlySigned,
  },
  {
    name: 'skips the check if there is no signature',
    changes: () => ({ refuse: because => ({ status: because === 'missing' ? 200 : 401 }) }),
    failed: ['unsigned', 'empty-signature'],
    causes: ['unsigned-accepted'],
    advice: ['two-signatures'],
  },
  {
    name: 'looks at the form of a signature alone',
    changes: () => ({ matches: isWhole }),
    failed: ['wrong-secret', 'tampered', 'tampered-newline', 'reserialised', 'swapped'],
    causes: ['presence-alone'],
  },
  {
    name: 'compares only up to the end of the signature',
    changes: () => ({ matches: (given, expected) => expected.startsWith(given) }),
    failed: ['truncated'],
    causes: ['part-compared'],
  },
  {
    name: 'compares only up to the end of the digest',
    changes: () => ({ matches: (given, expected) => given.startsWith(expected) }),
    failed: ['extended'],
    causes: ['leniently-decoded'],
  },
  {
    name: 'fails on a signature of another length',
    changes: () => ({ matches: (given, expected) => timingSafeEqual(bytesOf(given), bytesOf(expected)) }),
    failed: ['truncated', 'extended', 'not-hex'],
    causes: ['length-throws'],
    advice: ['prefixed'],
  },
  {
    name: 'decodes hex before it looks at it',
    changes: () => ({
      matches: (given, expected) =>
        bytesOf(given).length > 0 && bytesOf(given).equals(bytesOf(expected).subarray(0, bytesOf(given).length)),
    }),
    failed: ['truncated', 'extended', 'not-hex'],
    causes: ['part-compared'],
  },
  {
    name: 'strips a prefix',
    changes: () => ({ matches: (given, expected) => given.replace(/^sha256=/, '') === expected }),
    failed: [],
    advice: ['prefixed'],
  },
  {
    name: 'trims the body before verifying',
    changes: () => ({ verified: body => body.toString('latin1').trim() === body.toString('latin1') ? body : body.subarray(0, -1) }), // prettier-ignore
    failed: ['tampered-newline'],
  },
  {
    name: 're-serialises the JSON before verifying',
    changes: () => ({ verified: compact }),
    failed: ['pretty-printed', 'escaped', 'tampered-newline', 'reserialised'],
    causes: ['re-serialised'],
  },
  {
    name: 'obeys the algorithm header, as the sample of the vendor does',
    changes: () => ({ expected: hmac, matches: (given, expected) => given === expected }),
    failed: ['downgrade-md5', 'downgrade-sha1', 'algorithm-unknown'],
    causes: ['algorithm-trusted'],
  },
  {
    name: 'fails if the algorithm header is missing',
    changes: () => ({ algorithmOf: ({ headers }) => (headers['x-fin-signature-algorithm'] as string).toLowerCase() }),
    failed: ['no-algorithm'],
    causes: ['algorithm-header-needed'],
  },
  {
    name: 'fails on digests of other lengths',
    changes: () => ({
      expected: (bytes, algorithm) => (/^sha(?:256|512)$/.test(algorithm) ? hmac(bytes, algorithm) : ''),
      matches: (given, expected) => isWhole(given) && timingSafeEqual(Buffer.from(given), Buffer.from(expected)),
    }),
    failed: ['algorithm-mismatch'],
    causes: ['algorithm-throws'],
  },
  {
    name: 'never reads the algorithm header',
    changes: () => ({ algorithmOf: () => 'sha256' }),
    failed: [],
    advice: ['algorithm-unknown', 'algorithm-mismatch'],
  },
  {
    name: 'fails on two signatures',
    changes: withSignatures(signatures => {
      if (signatures.length > 1) throw new Error('ambiguous');
      return signatures[0];
    }),
    failed: ['two-signatures'],
  },
  {
    name: 'takes the last of two signatures',
    changes: withSignatures(signatures => signatures.at(-1)),
    failed: [],
    advice: ['two-signatures'],
  },
  {
    name: 'accepts GET',
    changes: () => ({ allows: method => ['GET', 'POST'].includes(method) }),
    failed: ['get'],
    causes: ['any-method'],
  },
  {
    name: 'accepts PUT',
    changes: () => ({ allows: method => ['PUT', 'POST'].includes(method) }),
    failed: ['put'],
    causes: ['any-method'],
  },
  {
    name: 'responds with its secret',
    changes: () => ({ refuse: () => ({ status: 401, body: Buffer.from(secret).toString('base64') }) }),
    failed: ['leak-secret'],
  },
  {
    name: 'responds with the expected signature',
    changes: () => ({ refuse: (_, expected) => ({ status: 401, headers: { 'x-expected': expected } }) }),
    failed: ['leak-signature'],
  },
  {
    name: 'responds with a stack trace',
    changes: () => ({ refuse: () => ({ status: 401, body: 'Error: no\n    at verify (/srv/app/verify.js:3:9)' }) }),
    failed: ['leak-internals'],
    causes: ['error-page'],
  },
  {
    name: 'responds with a file path',
    changes: () => ({ act: () => ({ status: 200, body: 'saved in /var/lib/events/1.json' }) }),
    failed: ['leak-internals'],
    causes: ['error-page'],
  },
  {
    name: 'says why a signature was refused',
    changes: () => ({ refuse: because => ({ status: 401, body: because }) }),
    failed: [],
    advice: ['leak-reason'],
  },
];
