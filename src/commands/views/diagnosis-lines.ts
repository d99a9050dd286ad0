import type { Diagnosis } from '../../scheme/explain/diagnose.js';
import type { Style } from '../../contract/command.js';
import { paragraph } from '../../text/paragraph.js';

/**
 * Returns a paragraph for each cause of a mismatch and each fix; none if no cause was found. Among several secrets, the
 * one that was used is named. `indent`: columns before each line.
 */
export function diagnosisLines(diagnosis: Diagnosis | undefined, indent: number, style: Style): string[] {
  if (!diagnosis?.found) return [];
  const { findings, origin, secrets } = diagnosis;
  const isAnother = findings.some(({ id }) => id === 'another-secret');
  const fixes = new Set(findings.map(({ remedy }) => remedy));
  const said = (label: string, text: string) => labelled(label, text, { indent, style });
  return [
    ...findings.map(({ words }) => said('why:', words)),
    ...(secrets > 1 || isAnother ? [said('secret:', origin)] : []),
    ...Array.from(fixes, remedy => said('fix:', remedy)),
  ];
}

/** Returns the paragraph of a fix that needs no cause; none without one. */
export const fixLines = (fix: string | undefined, indent: number, style: Style): string[] =>
  fix === undefined ? [] : [labelled('fix:', fix, { indent, style })];

const labelled = (label: string, text: string, { indent, style }: { indent: number; style: Style }): string =>
  paragraph(
    style.visible(text),
    { prefix: `${' '.repeat(indent)}${style.strong(label)} `, indent: indent + label.length + 1 },
    style,
  );
