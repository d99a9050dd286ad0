import type { Source } from '../../config/source.js';
import { counted } from '../../text/words.js';
import type { Style } from '../../text/style.js';
import { line } from '../../text/line.js';
import type { Spelling } from './file-spelling.js';

/** One setting, and where it came from. */
export interface SettingReport {
  type: 'setting';
  /** Its path in the configuration file. */
  key: string;
  /** The value as the file has it; null if it isn't set or is a secret. */
  value: Spelling;
  source: Source | { kind: 'found' | 'development secret' };
  /** The line of the configuration file that set the value, if one did. */
  line?: number;
  /** The length of a secret. */
  bytes?: number;
  /** The name of a secret. */
  origin?: string;
}

/** Columns to pad to. */
const [keyWidth, valueWidth] = [16, 30];

export function view(report: SettingReport, style: Style): string {
  const { visible, strong, faint, marks, columns } = style;
  const { source, bytes } = report;
  const key = visible(report.key);
  const value = visible(bytes === undefined ? textOf(report.value, marks.none) : `set, ${counted(bytes, 'byte')}`);
  const where = visible(whereWords(report));
  const level = source.kind === 'profile' ? visible(`profile ${source.name}`) : '';
  // A long name doesn't shift later columns, and no column keeps padding that another one needs.
  const excess = Math.max(0, key.length - keyWidth);
  const others = [keyWidth + excess, where.length, level.length].filter(width => width > 0);
  const room = others.reduce((left, width) => left - width - 2, columns);
  return line(
    [
      { text: key, width: keyWidth, paint: strong, yields: { order: 3, least: keyWidth } },
      { text: value, width: Math.min(valueWidth - excess, room), yields: { order: 2, least: 8 } },
      { text: where, paint: faint, yields: { order: 4, least: 10 } },
      { text: level, paint: faint, yields: { order: 1, least: 0 } },
    ],
    style,
  );
}

const textOf = (value: SettingReport['value'], none: string): string => {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return text === '' ? none : text;
};

/** For a secret, its name and the setting that names it, if they differ. */
const whereWords = ({ source, origin, line: number }: SettingReport): string => {
  const named = sourceWords(source, number);
  return [...new Set([origin ?? named, named])].join(', by ');
};

function sourceWords(source: SettingReport['source'], number: number | undefined): string {
  if (source.kind === 'flag' || source.kind === 'variable') return source.name;
  if (source.kind === 'dotenv') return `${source.name} in ${source.file}`;
  if (source.kind === 'scheme') return `scheme ${source.name}`;
  if (source.kind === 'profile' || source.kind === 'file')
    return number === undefined ? source.file : `${source.file}:${number}`;
  return source.kind;
}
