import { mentionIn, type Mention, type VersionWatch } from '../../event/customer-status/versions.js';
import { inspect, type Inspection } from '../../event/inspect.js';
import { structureOf } from '../../json/structure.js';
import type { Problem, ProblemCode } from '../../event/problem.js';

export interface Judgement {
  inspection: Inspection;
  problems: readonly Problem[];
  /** Whether it could be read at all. */
  isJudgeable: boolean;
  /** Whether something is wrong with it, or its text has to be looked at to know. */
  isSuspicious: boolean;
  /** What may not go with what other bodies say. */
  mention?: Mention | undefined;
}

/** Levels of nesting; nothing that is meant to be an event has as many. */
const deepest = 1000;

/** Whether a body is an event of its type, or of `type`. */
export function judgeBody(body: Uint8Array, type: string | undefined, watch?: VersionWatch): Judgement {
  const inspection = inspect(body, type);
  const { text, json, problems } = inspection;
  if (text === undefined || problems.some(({ code }) => unreadable.includes(code)))
    return { inspection, problems, isJudgeable: false, isSuspicious: true };
  const { depth, mayHideMore } = structureOf(text, json);
  if (depth > deepest) {
    return { inspection, problems: [tooDeep], isJudgeable: false, isSuspicious: true };
  }
  const mention = mentionIn(json);
  const mixed = mention && watch?.problemWith(mention);
  const all = mixed ? [...problems, mixed] : problems;
  return { inspection, problems: all, isJudgeable: true, isSuspicious: all.length > 0 || mayHideMore, mention };
}

const unreadable: readonly ProblemCode[] = ['not-utf8', 'not-json'];

const tooDeep: Problem = { level: 'error', code: 'too-deep', path: [] };
