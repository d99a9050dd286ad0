import { structureOf } from '../json/structure.js';
import { mentionIn, type Mention, type VersionWatch } from './customer-status/versions.js';
import type { Inspection } from './inspect.js';
import type { Problem, ProblemCode } from './problem.js';

export interface BodyVerdict {
  inspection: Inspection;
  problems: readonly Problem[];
  /** Whether the body could be read at all. */
  isJudgeable: boolean;
  /** Whether there is a problem, or the text has to be searched for one. */
  isSuspicious: boolean;
  /** What may contradict other bodies. */
  mention?: Mention | undefined;
}

/** More levels of nesting than any event has. */
const deepest = 1000;

/** Adds to an inspection what the text alone shows, and with `watch` what contradicts earlier bodies. */
export function judgeBody(inspection: Inspection, watch?: VersionWatch): BodyVerdict {
  const { text, json, problems } = inspection;
  if (text === undefined || problems.some(({ code }) => unreadable.includes(code)))
    return { inspection, problems, isJudgeable: false, isSuspicious: true };
  const { depth, mayHideMore } = structureOf(text, json);
  if (depth > deepest) return { inspection, problems: [tooDeep], isJudgeable: false, isSuspicious: true };
  const mention = mentionIn(json);
  const mixed = mention && watch?.problemWith(mention);
  const all = mixed ? [...problems, mixed] : problems;
  return { inspection, problems: all, isJudgeable: true, isSuspicious: all.length > 0 || mayHideMore, mention };
}

const unreadable: readonly ProblemCode[] = ['not-utf8', 'not-json'];

const tooDeep: Problem = { level: 'error', code: 'too-deep', path: [] };
