import { algorithmsOf } from './definition.js';
import { defaultPreset } from './presets/index.js';
import type { SignatureReason } from './scheme.js';

/**
 * Returns a clause that says why a request doesn't verify. `foreign` is its scheme's name, unless that is the default.
 */
export const signatureWords = (reason: SignatureReason, foreign?: string): string =>
  (foreign === undefined ? undefined : foreignWords[reason]) ?? words[reason];

const words: Record<SignatureReason, string> = {
  'signature-missing': 'it has no signature',
  'signature-malformed': "its signature isn't lower-case hex of the algorithm's length",
  'signature-mismatch': 'its signature is for another body or another secret',
  'version-unsupported': 'no signature has a version that this program can verify',
  'signature-ambiguous': 'it has more than one signature or algorithm header',
  'algorithm-unsupported': `its algorithm isn't one of ${algorithmsOf(defaultPreset).join(', ')}`,
  'id-missing': 'it has no id, which the signature has to cover',
  'timestamp-missing': 'it has no timestamp',
  'timestamp-malformed': "its timestamp isn't in the form of its scheme",
  'timestamp-too-old': 'it is older than the scheme allows',
  'timestamp-in-the-future': 'its timestamp is in the future',
};

/** The words above are about the default scheme. */
const foreignWords: Partial<typeof words> = {
  'signature-malformed': "its signature isn't in the form of its scheme",
  'signature-ambiguous': 'it has more than one signature header',
  'algorithm-unsupported': "its algorithm isn't one of the scheme's",
};
