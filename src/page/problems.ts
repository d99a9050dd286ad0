import { problemWords } from '../event/problem-words.js';
import { hasCatalogue } from '../scheme/schemes.js';
import type { Scheme } from '../scheme/scheme.js';
import type { Fact } from './types.js';

/** The problems of a body that should be an event, with paths, worded as `validate` does. None if the scheme isn't Fin's. */
export async function problemsIn(body: Uint8Array, scheme: Scheme): Promise<Fact[]> {
  if (!hasCatalogue(scheme)) return [];
  const [{ loadInspector }, { judgeBody }, { locate }] = await Promise.all([
    import('../event/inspect.js'),
    import('../event/judge-body.js'),
    import('../event/locate.js'),
  ]);
  const { problems, inspection, isSuspicious } = judgeBody((await loadInspector())(body));
  const found = isSuspicious ? locate(body, { problems, text: inspection.text }) : [];
  const facts = found.slice(0, most).map((problem): Fact => ({
    name: problem.level === 'error' ? 'Problem' : 'Warning',
    words: `${problemWords(problem)} (line ${problem.line}, column ${problem.column})`,
  }));
  const rest = found.length + inspection.omitted - facts.length;
  return rest > 0 ? [...facts, { name: 'Problem', words: `and ${rest} more: webhook-cli validate lists them` }] : facts;
}

/** More would hide the body. */
const most = 100;
