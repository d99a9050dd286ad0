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
send, replay and check accept these flags. --connect-to and --unix-socket only
change where the connection goes: the Host header and the name expected in the
certificate still come from the URL. Local receivers are always reached
directly, without a proxy.

Environment, in upper or lower case:
  HTTP_PROXY           Proxy for http receivers, as http://host:port or
                       http://user:password@host:port
  HTTPS_PROXY          Proxy for https receivers, in the same form
  NO_PROXY             Hosts and networks to reach directly: .corp,10.0.0.0/8
  NODE_EXTRA_CA_CERTS  PEM file of CA certificates to trust; upper case only
`.trimEnd(),
    examples: [
      {
        purpose: 'Test a local server with the name and certificate of production',
        line: 'check https://fin.example/hook --connect-to 127.0.0.1:8443',
      },
      {
        purpose: 'Test an application that listens on a Unix socket',
        line: 'check http://localhost/webhooks/fin --unix-socket /run/app.sock',
      },
    ],
  },
  {
    ...selectionTopic,
    configure: selectionFlags,
    notes: `
inspect, verify, replay and export accept these flags. A request has to match
all of them. Several --match flags with the same path are alternatives, and so
are several --event flags.

The response is the one from the application behind "listen --forward-to", from
the receiver that "send" sent to, or from "listen" itself if it forwarded
nothing. A request without a recorded response matches --answered none and
--failed. --refused matches requests that "listen" refused because of their
signature, their body or the way they were sent.
`.trimEnd(),
    examples: [
      {
        purpose: 'Re-sign the failed requests and send them as new events',
        line: 'replay captured.ndjson --failed --resign --fresh',
      },
      {
        purpose: 'Verify some requests, by number',
        line: 'verify captured.ndjson --only 2,5,7-9',
      },
      {
        purpose: 'Print requests that got an error or no response as curl commands',
        line: 'export captured.ndjson --to curl --answered 5xx,none',
      },
    ],
  },
];
