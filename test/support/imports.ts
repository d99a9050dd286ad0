import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const source = path.resolve(import.meta.dirname, '../../src');
export const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.tsx?$/.test(file))
  .map(file => file.split(path.sep).join('/'))
  .sort();
export const texts = new Map(files.map(file => [file, readFileSync(path.join(source, file), 'utf8')]));

interface Import {
  /** A file below `src`, or a package. */
  target: string;
  /** `start`: loaded together with its user; `later`: a dynamic import; `never`: only a type. */
  loaded: 'start' | 'later' | 'never';
}

export const trees = new Map(
  [...texts].map(([file, text]) => [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest)]),
);
const importsOf = new Map(files.map(file => [file, importsIn(file)]));

/** Everything that a file names, loaded or not: even a type ties its user to the file that declares it. */
function importsIn(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, loaded: Import['loaded']) => {
    if (specifier && ts.isStringLiteral(specifier)) found.push({ target: resolve(specifier.text, file), loaded });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'never' : 'start');
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'never' : 'start');
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'never');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], 'later');
    ts.forEachChild(node, visit);
  };
  trees.get(file)?.forEachChild(visit);
  return found;
}

function resolve(specifier: string, file: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return texts.has(target.replace(/\.js$/, '.tsx')) ? target.replace(/\.js$/, '.tsx') : target.replace(/\.js$/, '.ts');
}

export const targetsOf = (file: string): string[] => (importsOf.get(file) ?? []).map(({ target }) => target);

/** Files and packages reachable from `entry`, which isn't included unless something imports it. */
export function reached(entry: string, next: (name: string) => string[], seen = new Set<string>()): Set<string> {
  for (const name of next(entry)) {
    if (seen.has(name)) continue;
    seen.add(name);
    reached(name, next, seen);
  }
  return seen;
}

export const loadedAtStart = (file: string): string[] =>
  (importsOf.get(file) ?? []).filter(({ loaded }) => loaded === 'start').map(({ target }) => target);

/** The packages that are loaded together with `entry`, without Node's own modules. */
export const packagesWith = (entry: string): string[] =>
  [...reached(entry, loadedAtStart)].filter(name => !files.includes(name) && !name.startsWith('node:')).sort();

export const roomOf = (file: string): string => file.split('/')[0] ?? '';
