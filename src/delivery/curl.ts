import type { DeliveryRequest } from './deliver.js';

/** Longer arguments than this are refused by Linux (MAX_ARG_STRLEN is 131,072 bytes). */
const longestArgument = 100_000;

/**
 * A command line for a POSIX shell that sends the same bytes. It holds the signature literally, so it needs no secret. A
 * body that a shell, a terminal or curl could alter goes through base64.
 */
export function curlCommand({ method, url, headers, body }: DeliveryRequest, flags: readonly string[] = []): string {
  const headerFlags = headers.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  // Without a body of its own, curl would ask for permission to send a large one.
  const parts = [
    'curl',
    '-q',
    '-sS',
    '-i',
    "--noproxy '*'",
    ...flags.map(quote),
    `-X ${method}`,
    ...headerFlags,
    `-H 'expect:'`,
  ];
  const text = Buffer.from(body).toString();
  if (isPlain(text, body)) return [...parts, `--data-raw ${quote(text)}`, quote(url.href)].join(' ');
  const source = `printf %s ${quote(Buffer.from(body).toString('base64'))} | base64 -d |`;
  return [source, ...parts, '--data-binary @-', quote(url.href)].join(' ');
}

/** Printable, line breaks included, and the same bytes when it's read back. */
const isPlain = (text: string, body: Uint8Array): boolean =>
  body.length <= longestArgument && /^[\n\x20-\x7e]*$/.test(text) && !/::|##/.test(text);

const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
