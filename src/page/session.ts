import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../ports.js';

/** Who may use the page: whoever has the printed link, and then the cookie that it was exchanged for. */
export interface Session {
  /** In the fragment of the printed link, which no browser sends anywhere. */
  token: string;
  isToken: (text: string) => boolean;
  /** Whether a `cookie` header has the session. */
  isOpen: (header: string | undefined) => boolean;
  /** The value of `set-cookie`. */
  cookie: string;
}

/** `port`: cookies are the same for all ports of a host, so each page has a name of its own. */
export function createSession({ randomBytes }: Pick<Clock, 'randomBytes'>, port: number): Session {
  const secret = () => Buffer.from(randomBytes(32)).toString('base64url');
  const [token, value, name] = [secret(), secret(), `webhook-cli-${port}`];
  return {
    token,
    isToken: text => isSame(text, token),
    isOpen: (header = '') =>
      header
        .split(';')
        .map(pair => pair.trim())
        .some(pair => pair.startsWith(`${name}=`) && isSame(pair.slice(name.length + 1), value)),
    cookie: `${name}=${value}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

/** In constant time, whatever the lengths are. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
