import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import type { Style } from '../../contract/command.js';

/**
 * Returns a line for each cause of a mismatch, and one for each fix; none if no cause was found. Of several secrets, the one
 * that was at work is named.
 */
export function diagnosisLines(diagnosis: Diagnosis | undefined, { strong, visible }: Style): string[] {
  if (!diagnosis?.found) return [];
  const { findings, origin, secrets } = diagnosis;
  const fixes = new Set(findings.map(({ remedy }) => remedy));
  return [
    ...findings.map(({ words }) => `${strong('why:')} ${visible(words)}`),
    ...(secrets > 1 ? [`${strong('secret:')} ${visible(origin)}`] : []),
    ...Array.from(fixes, remedy => `${strong('fix:')} ${visible(remedy)}`),
  ];
}
