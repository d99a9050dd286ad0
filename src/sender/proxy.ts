import { BlockList, isIP } from 'node:net';
import { InvalidValueError, namingSource } from '../errors.js';
import { isLoopback } from '../http/target.js';
import type { Proxied } from './route.js';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Finds the environment's proxy for a receiver, as curl does: `HTTP_PROXY` is for http, `HTTPS_PROXY` for https, and
 * a variable in lower case takes precedence. A receiver on this machine has none. Throws UsageError, which never quotes the variable: it may
 * hold a password.
 */
export function proxyFor({ protocol, hostname, port }: URL, env: Variables): Proxied | undefined {
  if (isLoopback(hostname)) return undefined;
  const scheme = protocol.slice(0, -1);
  const source = [`${scheme}_proxy`, `${scheme}_proxy`.toUpperCase()].find(name => env[name]);
  if (source === undefined) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '');
  const exceptions = env['no_proxy'] || env['NO_PROXY'] || '';
  if (isExcepted(host, port || (protocol === 'https:' ? '443' : '80'), exceptions)) return undefined;
  return { kind: 'proxy', source, ...namingSource(source, () => readProxy(env[source] ?? '')) };
}

function readProxy(text: string): Pick<Proxied, 'proxy' | 'authorization'> {
  const given = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw new InvalidValueError("its value isn't the URL of an HTTP proxy", {
      hint: 'write it like http://proxy.example:8080',
    });
  }
  const { username, password } = url;
  const user = [username, password].map(decoded).join(':');
  const authorization = user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`;
  return { proxy: new URL(url.origin), authorization };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign outside an escape is literal.
    return text;
  }
}

/** `NO_PROXY` lists networks and hosts, which include their subdomains; a port limits a host to that port. */
const isExcepted = (host: string, port: string, list: string): boolean =>
  list
    .toLowerCase()
    .split(/[\s,]+/)
    .some(entry => entry === '*' || covers(entry, host, port));

function covers(entry: string, host: string, port: string): boolean {
  const [, network, bits] = /^([\da-f.:]+)\/(\d+)$/.exec(entry) ?? [];
  if (network !== undefined) return isWithin(host, network, Number(bits));
  const [name, own = port] = hostAndPort(entry);
  if (name === '' || own !== port) return false;
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

/** Of `example.com`, `.example.com`, `*.example.com:8443`, `::1` or `[::1]:8443`. */
function hostAndPort(entry: string): [host: string, port?: string | undefined] {
  if (isIP(entry) !== 0) return [entry];
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  return [host.replace(/^\*?\.|^\[|\]$/g, ''), port];
}

function isWithin(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || family !== isIP(host) || bits > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits, kind);
  return list.check(host, kind);
}
