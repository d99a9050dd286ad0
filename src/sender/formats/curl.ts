import type { DeliveryRequest } from '../attempt.js';
import { targetOf } from '../../http/target.js';
import { shellWord } from '../../text/shell.js';

/** Linux refuses arguments longer than 131,072 bytes (MAX_ARG_STRLEN). */
const longestArgument = 100_000;

/** The proxy of a request: its URL, or the variable that holds it with a password. */
export type CurlProxy = { url: string } | { variable: string };

/**
 * Returns a command line for a POSIX shell that sends the same bytes. It contains the signature itself, so it needs no secret. A
 * body that a shell, a terminal or curl could change is encoded in base64.
 */
export function curlCommand(
  request: DeliveryRequest,
  { flags = [], proxy }: { flags?: readonly string[]; proxy?: CurlProxy | undefined } = {},
): string {
  const { method, headers, body } = request;
  const headerFlags = headers.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  // Without an empty `expect`, curl waits for a 100 Continue before it sends a large body.
  const parts = [
    'curl',
    '-q',
    '-sS',
    '-i',
    ...proxyParts(proxy),
    ...flags.map(shellWord),
    `-X ${quote(method)}`,
    ...headerFlags,
    `-H 'expect:'`,
  ];
  const place = placeOf(request);
  const text = Buffer.from(body).toString();
  if (isPlain(text, body)) return [...parts, `--data-raw ${quote(text)}`, ...place].join(' ');
  const source = `printf %s ${quote(Buffer.from(body).toString('base64'))} | base64 -d |`;
  return [source, ...parts, '--data-binary @-', ...place].join(' ');
}

/** The environment's proxies are already applied, and curl would read them differently. */
function proxyParts(proxy: CurlProxy | undefined): string[] {
  if (proxy === undefined) return ["--noproxy '*'"];
  return ["--noproxy ''", `--proxy ${'url' in proxy ? shellWord(proxy.url) : `"$${proxy.variable}"`}`];
}

/** Printable, including line breaks, and unchanged when read back. */
const isPlain = (text: string, body: Uint8Array): boolean =>
  body.length <= longestArgument && /^[\n\x20-\x7e]*$/.test(text) && !/::|##/.test(text);

/** curl resolves dots in a path, reads brackets as a pattern and drops fragments, so such a target needs its own flag. */
function placeOf(request: DeliveryRequest): string[] {
  const { origin } = request.url;
  const target = targetOf(request);
  const isPlain = /^\/[^[\]{}#]*$/.test(target) && URL.canParse(origin + target) && new URL(origin + target).href === origin + target; // prettier-ignore
  return isPlain ? [quote(origin + target)] : ['--request-target', quote(target), quote(`${origin}/`)];
}

/** Quotes a text from HTTP, with one character per byte. */
function quote(text: string): string {
  if (/^[\n\x20-\x7e]*$/.test(text)) return shellWord(text);
  // A terminal or an editor wouldn't keep such a byte.
  const escaped = text.replace(/[%\\]|[^\x20-\x7e]/g, character => escapes[character] ?? octal(character));
  return `"$(printf -- ${shellWord(escaped)})"`;
}

/** Characters that printf would interpret. */
const escapes: Record<string, string> = { '%': '%%', '\\': '\\\\' };

const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
