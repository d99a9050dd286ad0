import { createHash } from 'node:crypto';
import type { PageAssets } from './assets.js';
import type { PageExchange, PageInfo } from './types.js';

export interface OneFile {
  page: PageInfo;
  requests: readonly PageExchange[];
}

/** Turns the page and its requests into one file that opens offline. It runs only its own script. */
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
  // One by one, because the text of many requests is long.
  const data = `{"page":${inData(page)},"requests":[${requests.map(inData).join(',\n')}]}`;
  // The policy comes first, since it applies only to what follows. The code comes last, so that it finds the rest of
  // the page.
  return html
    .replace(/<head[^>]*>/i, head => `${head}<meta http-equiv="content-security-policy" content="${policy}">`)
    .replace(/<link\b[^>]*\bhref="\/?page\.css"[^>]*>/i, () => `<style>${css}</style>`)
    .replace(/<script\b[^>]*\bsrc="\/?page\.js"[^>]*><\/script>/i, '')
    .replace(
      /<\/body>/i,
      end => `<script type="application/json" id="data">${data}</script><script type="module">${code}</script>${end}`,
    );
}

/** JSON in which no text can close the element around it. */
const inData = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

/** Code in which no text can close the element or begin an HTML comment. */
const inScript = (script: string): string => script.replaceAll(/<(?=\/script|!--)/gi, String.raw`\x3c`);

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
