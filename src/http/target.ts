import { InvalidValueError } from '../errors.js';

const hint = 'write it like http://localhost:3000/webhooks/fin';

/** Parses the URL of a receiver. Throws InvalidValueError, which never shows a password in it. */
export function parseTarget(text: string): URL {
  const shown = text.includes('@') ? 'the URL' : `"${text}"`;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    throw new InvalidValueError(`${shown} is missing http:// or https://`, { hint: hintToScheme(text) });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InvalidValueError(url ? `${shown} is neither http:// nor https://` : `${shown} isn't a URL`, { hint });
  }
  if (url.username || url.password) {
    throw new InvalidValueError('the URL has a user name or a password in it', {
      hint: 'pass credentials in a header, such as authorization',
    });
  }
  const machine = unspecified[url.hostname];
  if (machine !== undefined) {
    throw new InvalidValueError(`${url.hostname} is an address to listen on, not to send to`, {
      hint: `write ${machine} instead`,
    });
  }
  // A client never sends the fragment.
  url.hash = '';
  return url;
}

/** Addresses to listen on, as in a URL, and the names to reach them by. */
export const unspecified: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/** Suggests `http://` for `localhost:3000` and the like, and 127.0.0.1 for a port alone. Never repeats a possible password. */
function hintToScheme(text: string): string {
  const [, port, path = ''] = /^:?(\d{2,5})(\/[\w./-]*)?$/.exec(text) ?? [];
  if (port !== undefined && Number(port) <= 65_535) return `did you mean "http://127.0.0.1:${port}${path}"?`;
  const guess = `${/^(?:localhost|[\d.]+|\[[\da-f:]+\])(?=[:/]|$)/i.test(text) ? 'http' : 'https'}://${text}`;
  const isHost = /^(?:\[[\da-f:]+\]|[\w-]+(?:\.[\w-]+)*)(?::\d+)?(?:\/[^@\s]*)?$/i.test(text) && URL.canParse(guess);
  return isHost ? `did you mean "${guess}"?` : hint;
}

/** Checks the spelling, not DNS: a name that resolves to 127.0.0.1 today may not tomorrow. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(host);

/** Returns the target for the request line. */
export const targetOf = ({ url, target }: { url: URL; target?: string | undefined }): string =>
  target ?? ownTarget(url);

/** Unlike URL's `pathname` and `search`, this keeps an empty query. */
const ownTarget = ({ href, origin }: URL): string => href.slice(origin.length).split('#')[0] ?? '/';

/** Returns whether a text can be sent in a request line. Each non-ASCII character is one byte. */
export const isRequestTarget = (target: string): boolean => /^[\x21-\x7e\x80-\xff]+$/.test(target);

/**
 * Returns the target that an origin server sees: for an absolute URL, the part after its host, byte for byte.
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1
 */
export function originForm(target: string): string {
  const [, rest] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(target) ?? [];
  if (rest === undefined) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
