import type { Problem, ProblemCode } from '../event/problem.js';
import type { Path } from '../json/text.js';

/**
 * Returns as few problems as possible for a value that fits none of several alternatives: only those of the
 * intended alternative, if it is clear which one that is.
 */
export function alternativesOf(path: Path, branches: readonly (readonly Problem[])[]): Problem[] {
  const numbered = branches.map((problems, index) => ({ problems, number: index + 1 }));
  const ofType = numbered.filter(({ problems }) => !problems.some(isTypeAt(path)));
  if (ofType.length === 0) return merged('wrong-type', path, branches.flat());
  const chosen = ofType.filter(({ problems }) => !problems.some(isChoice));
  const likely = chosen.length > 0 ? chosen : ofType;
  const [only, ...others] = likely;
  if (only && others.length === 0) return [...only.problems];
  return sameChoice(likely) ?? [noneOf(path, branches.length, likely)];
}

interface Branch {
  problems: readonly Problem[];
  /** From 1. */
  number: number;
}

/** One problem, if all alternatives differ in the value at one path. */
function sameChoice(branches: readonly Branch[]): Problem[] | undefined {
  const choices = branches.map(({ problems }) => problems.find(isChoice));
  const path = choices[0]?.path;
  const isSame = path !== undefined && choices.every(choice => choice !== undefined && isAt(choice, path));
  return isSame
    ? merged(
        'wrong-value',
        path,
        branches.flatMap(({ problems }) => problems),
      )
    : undefined;
}

function noneOf(path: Path, count: number, branches: readonly Branch[]): Problem {
  const [nearest] = branches.toSorted((one, other) => one.problems.length - other.problems.length);
  const [problem] = nearest?.problems ?? [];
  return {
    level: 'error',
    code: 'no-alternative',
    path,
    expected: String(count),
    ...(nearest && problem && { nearest: { number: nearest.number, count: nearest.problems.length, problem } }),
  };
}

/** Alternatives often differ in a value that should be one of a few. */
const isChoice = ({ code }: Problem): boolean => code === 'wrong-value';

const isAt = (problem: Problem, path: Path): boolean => JSON.stringify(problem.path) === JSON.stringify(path);

const isTypeAt =
  (path: Path) =>
  (problem: Problem): boolean =>
    problem.code === 'wrong-type' && isAt(problem, path);

/** One problem for all: each alternative allows other types or values. */
function merged(code: ProblemCode, path: Path, problems: readonly Problem[]): Problem[] {
  const alike = problems.filter(problem => problem.code === code && isAt(problem, path));
  const [first] = alike;
  if (!first) return [];
  const allowed = alike.flatMap(({ expected = '' }) => expected.split(' or '));
  const unique = [...new Set(allowed)];
  const ordered = [...unique.filter(name => name !== 'null'), ...unique.filter(name => name === 'null')];
  return [{ ...first, expected: ordered.join(' or ') }];
}
