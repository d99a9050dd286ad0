import { structureOf } from '../json/structure.js';
import { mentionIn, type Mention, type VersionWatch } from './customer-status/versions.js';
import type { Inspection } from './inspect.js';
import type { Problem, ProblemCode } from './problem.js';

export interface BodyVerdict {
  inspection: Inspection;
  problems: readonly Problem[];
  /** Whether the body could be read at all. */
  isJudgeable: boolean;
  /** Whether there is a problem, or the text may hide one. */
  isSuspicious: boolean;
  /** What may contradict other bodies. */
  mention?: Mention | undefined;
}

/** More levels of nesting than any event has. */
const deepest = 1000;

/** Adds the problems that only the text shows, and with `watch` contradictions to earlier bodies. */
export function judgeBody(inspection: Inspection, watch?: VersionWatch): BodyVerdict {
  const verdict = judgeText(inspection);
  if (!verdict.isJudgeable) return verdict;
  const mention = mentionIn(inspection.json);
  const mixed = mention && watch?.problemWith(mention);
  return mixed
    ? { ...verdict, problems: [...verdict.problems, mixed], isSuspicious: true, mention }
    : { ...verdict, mention };
}

/** Adds the problems that only the text shows, for any kind of body. */
export function judgeText(inspection: Inspection): BodyVerdict {
  const { text, json, problems } = inspection;
  const unchecked = problems.find(({ code }) => uncheckable.includes(code));
  if (text === undefined || unchecked)
    return { inspection, problems: unchecked ? [unchecked] : problems, isJudgeable: false, isSuspicious: true };
  const { depth, mayHideMore } = structureOf(text, json);
  if (depth > deepest) return { inspection, problems: [tooDeep], isJudgeable: false, isSuspicious: true };
  return { inspection, problems, isJudgeable: true, isSuspicious: problems.length > 0 || mayHideMore };
}

/** Whether a text is known to hide nothing from those who only look at its values. */
export function showsAll(text: string, json: unknown): boolean {
  const { depth, mayHideMore } = structureOf(text, json);
  return depth <= deepest && !mayHideMore;
}

/** Problems that prevent a body from being checked. */
const uncheckable: readonly ProblemCode[] = ['not-utf8', 'not-json', 'too-deep', 'too-slow', 'given-up'];

const tooDeep: Problem = { level: 'error', code: 'too-deep', path: [] };
