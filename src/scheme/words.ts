import { algorithmsOf } from './definition.js';
import { defaultPreset } from './presets/index.js';
import type { SignatureReason } from './scheme.js';

/** Returns a clause that says why a request doesn't verify. `foreign` is its scheme's name, unless that is the default. */
export const signatureWords = (reason: SignatureReason, foreign?: string): string =>
  (foreign === undefined ? undefined : foreignWords[reason]) ?? words[reason];

const words: Record<SignatureReason, string> = {
  'signature-missing': 'it carries no signature',
  'signature-malformed': "its signature isn't lower-case hex of the algorithm's length",
  'signature-mismatch': 'its signature is that of another body or another secret',
  'version-unsupported': 'no signature has a version that this program can verify',
  'signature-ambiguous': 'it carries more than one signature or algorithm header',
  'algorithm-unsupported': `its algorithm is none of ${algorithmsOf(defaultPreset).join(', ')}`,
  'id-missing': 'it carries no id, which its signature covers',
  'timestamp-missing': 'it carries no timestamp',
  'timestamp-malformed': "its timestamp isn't one of this scheme",
  'timestamp-too-old': 'it is older than the scheme allows',
  'timestamp-in-the-future': 'its timestamp is in the future',
};

/** The words above are about the default scheme. */
const foreignWords: Partial<typeof words> = {
  'signature-malformed': "its signature isn't in the form of its scheme",
  'signature-ambiguous': 'it carries a signature header more than once',
  'algorithm-unsupported': "its algorithm is none of the scheme's",
};
