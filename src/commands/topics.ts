import type { Topic } from '../contract/topic.js';
import { connectionFlags } from './connection/flags.js';
import { selectionFlags } from './input/selection-flags.js';
import { connectionTopic, selectionTopic } from './index.js';

/** The pages about flags that several commands share. */
export const topics: readonly Topic[] = [
  {
    ...connectionTopic,
    configure: connectionFlags,
    notes: `
send, replay and check take these flags, for every connection they open.
With --connect-to and --unix-socket, the host header and the name in the
certificate are still those of the URL. A receiver on this machine is never
reached through a proxy.

Environment, in capitals or in lower case:
  HTTP_PROXY           Proxy to receivers on http
  HTTPS_PROXY          Proxy to receivers on https, as http://host:port or
                       http://user:password@host:port
  NO_PROXY             Hosts and networks without a proxy: .corp,10.0.0.0/8
  NODE_EXTRA_CA_CERTS  Authorities to trust; in capitals only
`.trimEnd(),
    examples: [
      'check https://fin.example/hook --connect-to 127.0.0.1:8443',
      'check http://localhost/webhooks/fin --unix-socket /run/app.sock',
    ],
  },
  {
    ...selectionTopic,
    configure: selectionFlags,
    notes: `
inspect, verify, replay and export take these flags. A request has to pass each
of them. Several --match of one path, and several --event, are alternatives.

The answer comes from the application behind "listen --forward-to", from the
receiver that "send" sent to, or from "listen" itself if it forwarded nothing.
If a recording doesn't have it, --answered none and --failed select the
request. --refused selects what "listen" refused for its signature, its body or
how it was sent.
`.trimEnd(),
    examples: [
      'verify captured.ndjson --only 2,5,7-9',
      'replay captured.ndjson --failed --resign --fresh',
      'export captured.ndjson --to curl --answered 5xx,none',
    ],
  },
];
