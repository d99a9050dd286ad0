import { counted } from '../../text/words.js';
import type { Style } from '../command.js';
import { line } from '../../text/line.js';
import type { SettingReport } from './run.js';

/** Columns to fill up to. */
const [keyWidth, valueWidth] = [16, 30];

export function view(report: SettingReport, style: Style): string {
  const { visible, strong, faint, marks, columns } = style;
  const { source, bytes } = report;
  const key = visible(report.key);
  const value = visible(bytes === undefined ? textOf(report.value, marks.none) : `set, ${counted(bytes, 'byte')}`);
  const where = visible(whereWords(report));
  const level = source.kind === 'profile' ? visible(`profile ${source.name}`) : '';
  // A long name doesn't move what comes after it, nor does a column keep blanks that another one needs.
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

/** Of a secret, both what it is called and who named it, where these differ. */
const whereWords = ({ source, origin, line: number }: SettingReport): string => {
  const named = sourceWords(source, number);
  return [...new Set([origin ?? named, named])].join(', by ');
};

function sourceWords(source: SettingReport['source'], number: number | undefined): string {
  switch (source.kind) {
    case 'flag':
    case 'variable':
      return source.name;
    case 'dotenv':
      return `${source.name} in ${source.file}`;
    case 'profile':
    case 'file':
      return number === undefined ? source.file : `${source.file}:${number}`;
    case 'found':
    case 'default':
    case 'development secret':
      return source.kind;
  }
}
