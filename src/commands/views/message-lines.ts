import type { Header } from '../../http/header.js';
import type { Style } from '../../contract/command.js';

/** What `--show` asked for of a request or a reply, a line each; every line safe to show. */
export function messageLines(
  { headers = [], bodyBase64 }: { headers?: readonly Header[]; bodyBase64?: string },
  { visible, faint }: Pick<Style, 'visible' | 'faint'>,
): string[] {
  const body = bodyBase64 ? Buffer.from(bodyBase64, 'base64').toString().split('\n') : [];
  return [
    ...headers.map(([name, value]) => faint(`  ${visible(name)}: ${visible(value)}`)),
    ...body.map(text => `  ${visible(text)}`),
  ];
}
