import type { CauseRow } from './cause.js';

const headers = 'build the signed content as the sender documents it, from the headers exactly as they arrived';

/** The cases whose timestamps can't be compared. */
const oddTimes = ['timestamp-missing', 'timestamp-empty', 'timestamp-not-a-time', 'timestamp-negative'];

/** Causes of failures with timestamps, ids and lists of signatures. */
export const stampCauses: readonly CauseRow[] = [
  {
    id: 'age-unchecked',
    shows: board => board.accepts('stale'),
    explains: ['stale', ...oddTimes],
    words: "it doesn't check the age of the timestamp, so a recorded delivery can be sent again at any time",
    fix: 'refuse a request whose timestamp is older than the tolerance, after its signature has matched',
  },
  {
    id: 'future-unchecked',
    shows: board => board.accepts('future'),
    explains: ['future', 'wrong-unit'],
    words: 'it accepts timestamps from the future, since it only checks whether they are too old',
    fix: 'check the difference in both directions: Math.abs(now - timestamp) > tolerance',
  },
  {
    id: 'unit-guessed',
    shows: board => board.accepts('wrong-unit'),
    explains: ['wrong-unit'],
    words: 'it accepts timestamps in both seconds and milliseconds',
    fix: 'read the timestamp only in the unit that the sender documents',
  },
  {
    id: 'age-of-some-only',
    shows: board => oddTimes.some(id => board.accepts(id)),
    explains: oddTimes,
    words: 'it checks the age only of timestamps it can parse, and accepts all others',
    fix: "refuse a timestamp that isn't a number: if (!/^\\d+$/.test(timestamp)) refuse; a comparison with NaN is always false",
  },
  {
    id: 'timestamp-throws',
    shows: board => oddTimes.some(id => board.crashes(id)),
    explains: oddTimes,
    words: 'it fails on an invalid timestamp',
    fix: 'check the format of the timestamp before using it, and refuse the request if it is wrong',
  },
  {
    id: 'body-alone-accepted',
    shows: board => board.accepts('body-alone'),
    explains: ['body-alone'],
    words: 'it also accepts signatures of the body alone, which never expire',
    fix: 'drop the older form of the signature: accept only signatures that cover the timestamp and the id',
  },
  {
    id: 'timestamp-unsigned',
    shows: board => board.accepts('timestamp-tampered'),
    explains: ['timestamp-tampered'],
    words: "its signature doesn't cover the timestamp it checks",
    fix: headers,
  },
  {
    id: 'id-unsigned',
    shows: board => board.accepts('id-tampered') || board.accepts('id-missing'),
    explains: ['id-tampered', 'id-missing'],
    words: "its signature doesn't cover the id as it arrived, so a duplicate can be made to look new",
    fix: headers,
  },
  {
    id: 'version-ignored',
    shows: board => board.accepts('unknown-version'),
    explains: ['unknown-version', 'no-known-version'],
    words: 'it compares every entry of the list, regardless of its version',
    fix: 'compare only entries of a known version',
  },
  {
    id: 'nothing-compared',
    shows: board => board.accepts('no-known-version'),
    explains: ['no-known-version'],
    words: 'it accepts a list without any signature to compare',
    fix: 'start from false: signatures.some(matches), never signatures.every(matches)',
  },
  {
    id: 'first-signature-only',
    shows: board => board.refuses('second-signature') || board.refuses('newer-version'),
    explains: ['second-signature', 'newer-version'],
    words: 'it reads only the first signature of the list, so it refuses deliveries while a secret is rotated',
    fix: 'split the list, keep the entries of a known version, and accept if one of them matches',
  },
];
