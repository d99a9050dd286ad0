import { lineFinder } from '../../json/line-column.js';
import { readJsonText, type Path } from '../../json/text.js';
import type { Source } from '../source.js';

type FileSource = Extract<Source, { kind: 'file' | 'profile' }>;

/**
 * Returns a function that finds the line of a value in a configuration file. `path` is its place in a level of
 * the file, `text` the whole file.
 */
export function settingLinesIn(text = '{}'): (path: Path, source: FileSource) => number {
  const { spanOf } = readJsonText(text);
  const lineOf = lineFinder(text);
  return (path, source) => {
    const level = source.kind === 'profile' ? ['profiles', source.name] : [];
    return lineOf(spanOf([...level, ...path], 'key'));
  };
}
