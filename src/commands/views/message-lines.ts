import type { Header } from '../../http/header.js';
import type { Style } from '../../contract/command.js';
import { indented } from '../../json/indented.js';
import { isJson } from '../../json/parse.js';

/** The lines of a request or response that `--show` asked for, safe to show. JSON is pretty-printed on a terminal. */
export function messageLines(
  { headers = [], bodyBase64 = '' }: { headers?: readonly Header[]; bodyBase64?: string },
  { visible, faint, columns }: Pick<Style, 'visible' | 'faint' | 'columns'>,
): string[] {
  const text = Buffer.from(bodyBase64, 'base64').toString();
  const body = Number.isFinite(columns) ? prettyLines(text) : text.split('\n');
  return [
    ...headers.map(([name, value]) => faint(`  ${visible(name)}: ${visible(value)}`)),
    ...(text === '' ? [] : body.map(words => `  ${visible(words)}`)),
  ];
}

/** Returns the lines of a body; JSON gets one value per line. Make them safe before showing them. */
export const prettyLines = (text: string): string[] =>
  (isJson(text) ? indented(text) : text.replace(/\n$/, '')).split(/\r?\n/);
