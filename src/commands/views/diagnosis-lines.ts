import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import type { Style } from '../../contract/command.js';

/** Returns a line for each cause of a mismatch, and one for each fix; none if no cause was found. */
export const diagnosisLines = (diagnosis: Diagnosis | undefined, { strong, visible }: Style): string[] =>
  diagnosis?.found
    ? [
        ...diagnosis.findings.map(({ words }) => `${strong('why:')} ${visible(words)}`),
        ...diagnosis.findings.map(({ remedy }) => `${strong('fix:')} ${visible(remedy)}`),
      ]
    : [];
