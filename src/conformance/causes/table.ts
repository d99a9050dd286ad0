import { rawBytes } from '../../scheme/explain/remedies.js';
import { forged } from '../signed.js';
import type { Board } from './board.js';
import type { CauseRow } from './cause.js';
import { stampCauses } from './stamps.js';

const ids = (text: string): string[] => text.split(' ');

const forgeries = ids('unsigned empty-signature wrong-secret tampered tampered-newline truncated extended not-hex prefixed upper-case reserialised downgrade-md5 downgrade-sha1 algorithm-unknown algorithm-mismatch two-signatures swapped stale future wrong-unit timestamp-not-a-time timestamp-negative timestamp-missing timestamp-empty timestamp-tampered id-tampered id-missing body-alone unknown-version no-known-version'); // prettier-ignore
const rubbish = ids('not-json empty-body truncated-json json-null json-array json-string json-number no-event no-data wrong-types invalid-utf8 bom nul deep huge-number'); // prettier-ignore
const shapes = ids('json-null json-array json-string json-number no-event no-data wrong-types');

const compare =
  'refuse before doing anything else: compare with crypto.timingSafeEqual, hmac.compare_digest, hash_equals, secure_compare, hmac.Equal or MessageDigest.isEqual, and return 401';
const exceptions = 'catch errors of the verification, and return 401';

/** The most general first: a case that one cause explains needs no other. */
export const causeRows: readonly CauseRow[] = [
  {
    id: 'verifies-nothing',
    shows: board => board.accepts('unsigned') && board.accepts('wrong-secret') && board.accepts('tampered'),
    explains: [...forgeries, ...rubbish],
    words: "it doesn't verify signatures, or responds before it does",
    fix: compare,
  },
  {
    id: 'unsigned-accepted',
    shows: board => board.accepts('unsigned') && board.refuses('wrong-secret'),
    explains: ids('unsigned empty-signature two-signatures'),
    words: 'it verifies a signature only if there is one',
    fix: 'refuse a request without a signature: if (!signature) return 401',
  },
  {
    id: 'presence-alone',
    shows: board => board.accepts('wrong-secret') && board.accepts('tampered'),
    explains: forgeries,
    words: 'it only checks that there is a signature, and never compares it',
    fix: compare,
  },
  {
    id: 'refusal-crashes',
    shows: board => board.crashes('unsigned') && board.crashes('wrong-secret'),
    explains: forgeries,
    words: 'it refuses a bad signature with an uncaught exception',
    fix: exceptions,
  },
  {
    id: 'length-throws',
    shows: board => board.crashes('truncated') || board.crashes('extended'),
    explains: ids('truncated extended not-hex prefixed upper-case empty-signature algorithm-mismatch'),
    alike: forgeries,
    words: 'its comparison throws if signatures differ in length, as crypto.timingSafeEqual does',
    fix: 'compare the lengths first: if (given?.length !== expected.length) return 401',
  },
  ...stampCauses,
  {
    id: 'part-compared',
    shows: board => board.accepts('truncated') && board.refuses('wrong-secret'),
    explains: ids('truncated extended not-hex prefixed'),
    words: 'it compares only part of the signature, so a few digits are enough',
    fix: 'check the length first, and compare whole signatures: 64 hexadecimal digits for sha256, never startsWith or slice',
    elsewhere: { fix: 'check the length first, and compare whole signatures, never with startsWith or slice' },
  },
  {
    id: 'leniently-decoded',
    shows: board => (board.accepts('extended') || board.accepts('not-hex')) && board.refuses('wrong-secret'),
    explains: ids('extended not-hex prefixed'),
    words: 'it decodes the signature without checking its format, and ignores what it cannot decode',
    fix: 'check the format first: /^[0-9a-f]{64}$/ for sha256; Buffer.from(text, "hex") stops at the first invalid character',
    elsewhere: { fix: 'check the length and the alphabet first: decoders skip invalid characters or stop at them' },
  },
  {
    id: 'algorithm-trusted',
    shows: board => board.accepts('downgrade-md5') || board.accepts('downgrade-sha1'),
    explains: ids('downgrade-md5 downgrade-sha1 algorithm-unknown algorithm-mismatch'),
    words: 'it accepts any algorithm that the request names, so an attacker can choose a weak one',
    fix: "take the algorithm from your own list, such as ['sha256', 'sha384', 'sha512'], and return 401 for any other",
    elsewhere: { fix: 'take the algorithm from your own list, and return 401 for any other' },
  },
  {
    id: 'algorithm-header-needed',
    shows: board => board.isShort('no-algorithm'),
    explains: ['no-algorithm'],
    words: 'it fails if the algorithm header is missing',
    fix: 'use the default of the scheme, sha256, if that header is missing',
    elsewhere: { fix: 'use the default of the scheme if that header is missing' },
  },
  {
    id: 'algorithm-throws',
    shows: board => board.crashes('algorithm-unknown') || board.crashes('algorithm-mismatch'),
    explains: ids('algorithm-unknown algorithm-mismatch'),
    words: 'it passes the algorithm that the request names to a crypto library, which throws',
    fix: 'check the name against your own list before using it, and return 401 for any other',
  },
  {
    id: 'login',
    shows: board => isRedirect(board, 'unsigned') && isRedirect(board, 'wrong-secret'),
    explains: forgeries,
    words: 'it responds to a bad signature with a redirect, like a login',
    fix: 'return 401 from the webhook route: senders never follow redirects',
  },
  {
    id: 'refuses-with-another-status',
    shows: board => board.refuses('unsigned') && board.isShort('unsigned') && board.isShort('wrong-secret'),
    explains: forgeries,
    words: "it refuses bad signatures, but not with 401, so the sender can't identify the mistake",
    fix: 'return 401 for a bad or missing signature',
  },
  {
    id: 're-serialised',
    shows: board => board.accepts('reserialised') || board.refuses('pretty-printed') || board.refuses('escaped'),
    // A receiver that refuses some valid JSON may have other reasons.
    isSureOnly: board => board.accepts('reserialised'),
    explains: ids('pretty-printed reordered escaped long-fraction tampered-newline reserialised'),
    words: 'it verifies re-serialised JSON, not the bytes that arrived',
    fix: rawBytes,
  },
  {
    id: 'fixed-statuses',
    shows: board => board.refuses('unknown-status') || board.crashes('unknown-status'),
    explains: ids('every-status unknown-status'),
    words: 'it accepts only known statuses, so Fin retries an event with a new one until it gives up',
    fix: 'accept any text as customer_status, and log unknown ones',
  },
  {
    id: 'strict-schema',
    shows: board => ['extra-fields', 'trimmed', 'unknown-event'].some(id => board.isShort(id)),
    explains: ids('extra-fields trimmed unknown-event year-one long-fraction business'),
    words: 'its schema rejects events with extra, missing or unexpected keys',
    elsewhere: { words: 'its schema rejects bodies with extra keys' },
    fix: 'require only what you use, and ignore the rest: no .strict() in zod, no additionalProperties: false, no forbid in pydantic',
  },
  {
    id: 'header-name-compared',
    shows: board => board.isShort('header-case'),
    explains: ['header-case'],
    words: 'it looks up the signature header case-sensitively',
    fix: 'look up headers case-insensitively: in Node, the names in req.headers are in lower case',
  },
  {
    id: 'any-method',
    shows: board => board.accepts('get') || board.accepts('put'),
    explains: ids('get put'),
    words: 'it accepts methods other than POST',
    fix: 'route only POST to the handler: app.post, methods=["POST"], @PostMapping; return 405 for the rest',
  },
  {
    id: 'shape-unchecked',
    shows: board => shapes.filter(id => board.crashes(id)).length > 1,
    explains: [...shapes, 'deep'],
    words: 'it reads event and data without checking that they exist',
    fix: 'check the shape after parsing, with a schema or by hand, and return 400 if event or data is not an object',
    elsewhere: {
      words: 'it reads keys of the body without checking that they exist',
      fix: 'check the shape after parsing, with a schema or by hand, and return 400 if it is wrong',
    },
  },
  {
    id: 'parses-first',
    shows: board => board.refuses('unsigned') && (board.crashes('not-json') || board.crashes('truncated-json')),
    confirmation: {
      delivery: kit => forged(kit, Buffer.from('this is not JSON'), { signature: () => undefined, algorithm: null }),
      isShownBy: status => status === undefined || status >= 500 || [400, 415, 422].includes(status),
    },
    explains: [...rubbish, 'leak-internals', 'leak-reason'],
    words: 'it parses the body before it verifies the signature, which exposes its parser to strangers',
    fix: rawBytes.replace('them:', 'them, and parse them afterwards:'),
  },
  {
    id: 'parsing-throws',
    shows: board => board.crashes('not-json') || board.crashes('truncated-json') || board.crashes('empty-body'),
    explains: ids('not-json truncated-json empty-body invalid-utf8 bom'),
    words: 'it parses JSON without catching parse errors',
    fix: 'catch parse errors, and return 400',
  },
  {
    id: 'depth-unlimited',
    shows: board => board.crashes('deep'),
    explains: ['deep'],
    words: 'deeply nested JSON overflows its stack',
    fix: 'limit the size of the body, and return 400 for JSON nested deeper than you need',
  },
  {
    id: 'content-type-needed',
    shows: board => board.crashes('text-plain') || board.crashes('charset'),
    explains: ids('text-plain charset'),
    words: 'it gets no body unless the content type is the expected one',
    fix: "read the raw body for every content type: express.raw({ type: '*/*' })",
  },
  {
    id: 'error-page',
    shows: board => board.isShort('leak-internals'),
    explains: ['leak-internals'],
    words: "its responses show the framework's error page or file paths",
    fix: 'turn development mode off: NODE_ENV=production, DEBUG = False, display_errors = Off, config.consider_all_requests_local = false',
  },
];

function isRedirect(board: Board, id: string): boolean {
  const status = board.reply(id)?.status ?? 0;
  return status >= 300 && status < 400;
}
