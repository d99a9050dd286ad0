import { problemWords } from '../event/problem-words.js';
import { hasCatalogue } from '../scheme/schemes.js';
import type { Scheme } from '../scheme/scheme.js';
import type { Fact } from './types.js';

/** What is wrong with a body that should be an event, with paths, in the words of `validate`. None where bodies aren't Fin's events. */
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

/** More of them would hide the body. */
const most = 100;
