import { counted } from '../counted.js';
import type { Style } from '../command.js';
import { line } from '../line.js';
import type { SettingReport } from './run.js';

export function view({ key, value, source, bytes, origin }: SettingReport, style: Style): string {
  const { visible, strong, faint, marks } = style;
  const text = bytes === undefined ? textOf(value, marks.none) : `set, ${counted(bytes, 'byte')}`;
  // Of a secret, both who named it and what it is called, where these differ.
  const where = [...new Set([origin ?? sourceWords(source), sourceWords(source)])];
  return line(
    [
      { text: visible(key), width: 16, paint: strong },
      { text: visible(text), width: 30, yields: { order: 2, least: 16 } },
      { text: visible(where.join(', by ')), paint: faint, yields: { order: 1, least: 16 } },
    ],
    style,
  );
}

const textOf = (value: SettingReport['value'], none: string): string => {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return text === '' ? none : text;
};

function sourceWords(source: SettingReport['source']): string {
  switch (source.kind) {
    case 'flag':
    case 'variable':
      return source.name;
    case 'dotenv':
      return `${source.name} in ${source.file}`;
    case 'profile':
      return `profile ${source.name} in ${source.file}`;
    case 'file':
      return source.file;
    case 'found':
    case 'default':
    case 'development secret':
      return source.kind;
  }
}
