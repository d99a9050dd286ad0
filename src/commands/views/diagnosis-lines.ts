import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import type { Style } from '../command.js';

/** Why a signature doesn't fit and how to mend it, a line each; none where nothing was found. */
export const diagnosisLines = (diagnosis: Diagnosis | undefined, { strong, visible }: Style): string[] =>
  diagnosis?.found
    ? [
        ...diagnosis.findings.map(({ words }) => `${strong('why:')} ${visible(words)}`),
        ...diagnosis.findings.map(({ remedy }) => `${strong('mend:')} ${visible(remedy)}`),
      ]
    : [];
