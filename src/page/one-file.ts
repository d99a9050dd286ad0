import { createHash } from 'node:crypto';
import type { PageAssets } from './assets.js';
import type { PageExchange, PageInfo } from './types.js';

export interface OneFile {
  page: PageInfo;
  requests: readonly PageExchange[];
}

/** Makes the page one file that opens offline, with its requests in it. It runs its own script and no other. */
export function onePage({ html, script, style }: PageAssets, { page, requests }: OneFile): string {
  const code = inScript(script);
  const css = style.replaceAll(/<\/style/gi, String.raw`<\/style`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(code)}`,
    `style-src ${hashOf(css)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  // One by one: the text of many requests is long.
  const data = `{"page":${inData(page)},"requests":[${requests.map(inData).join(',\n')}]}`;
  // The policy comes first: it holds for what comes after it. The code comes last: it finds the rest of the page.
  return html
    .replace(/<head[^>]*>/i, head => `${head}<meta http-equiv="content-security-policy" content="${policy}">`)
    .replace(/<link\b[^>]*\bhref="\/?page\.css"[^>]*>/i, () => `<style>${css}</style>`)
    .replace(/<script\b[^>]*\bsrc="\/?page\.js"[^>]*><\/script>/i, '')
    .replace(
      /<\/body>/i,
      end => `<script type="application/json" id="data">${data}</script><script type="module">${code}</script>${end}`,
    );
}

/** JSON in which no text can end the element that it is in. */
const inData = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

/** Code in which no text can end the element, or begin a comment of HTML. */
const inScript = (script: string): string => script.replaceAll(/<(?=\/script|!--)/gi, String.raw`\x3c`);

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
