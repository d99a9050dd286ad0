import type { IncomingMessage } from 'node:http';
import { PageProblem } from './problem.js';
import type { Session } from './session.js';

/** Throws PageProblem unless the Host header is one of this server's own names: a foreign name may be a DNS rebinding attack. */
export function refuseForeignHost({ rawHeaders, url = '' }: IncomingMessage, hosts: ReadonlySet<string>): void {
  const named = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
  const [host = ''] = named;
  if (named.length !== 1 || !hosts.has(host.toLowerCase()))
    throw new PageProblem(403, 'the Host header names another server', {
      hint: 'open the link that webhook-cli printed',
    });
  // An absolute URL would override the header.
  if (!url.startsWith('/')) throw new PageProblem(400, 'the request target has to be a path');
}

/** Throws PageProblem for a request from another site, and for one without the session. */
export function refuseStrangers({ headers }: IncomingMessage, session: Session): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new PageProblem(403, 'this request came from another site');
  if (!session.isOpen(headers.cookie))
    throw new PageProblem(403, 'there is no session', { hint: 'open the link that webhook-cli printed' });
}

/** Throws PageProblem unless the page itself sent JSON: no form and no script from another origin can do that. */
export function refuseForeignPost({ headers }: IncomingMessage): void {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '', 'content-encoding': encoding } = headers;
  // The host has already been checked.
  if (origin?.toLowerCase() !== `http://${host?.toLowerCase() ?? ''}` || site !== 'same-origin')
    throw new PageProblem(403, 'only the page itself may send this');
  if (!/^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(type) || encoding !== undefined)
    throw new PageProblem(415, 'the body has to be JSON: content-type: application/json');
}
