import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../ports.js';

/** Grants access to the page: the printed link's token is exchanged for a cookie. */
export interface Session {
  /** In the fragment of the printed link, which browsers never send. */
  token: string;
  isToken: (text: string) => boolean;
  /** Whether a `cookie` header contains the session. */
  isOpen: (header: string | undefined) => boolean;
  /** The value of `set-cookie`. */
  cookie: string;
}

/** `port`: all ports of a host share cookies, so each page names its own after its port. */
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

/** In constant time, even if the lengths differ. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
