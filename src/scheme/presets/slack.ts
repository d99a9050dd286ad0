import type { SchemeDefinition } from '../definition.js';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const slack: SchemeDefinition = {
  signature: { header: 'x-slack-signature', prefix: 'v0=' },
  signed: 'v0:{timestamp}:{body}',
  timestamp: { header: 'x-slack-request-timestamp', past: '5m', future: '5m' },
  id: 'event_id',
  event: 'event.type',
  accepts: '2xx',
  timeout: '3s',
  sample: {
    body: {
      type: 'event_callback',
      team_id: 'T0SAMPLE',
      api_app_id: 'A0SAMPLE',
      event_id: 'Ev0SAMPLE',
      event_time: 1769851800,
      event: { type: 'app_mention', user: 'U0SAMPLE', channel: 'C0SAMPLE', text: 'hello', ts: '1769851800.000100' },
    },
  },
  handshake: { body: { type: 'url_verification', challenge: '{challenge}' }, answer: ['{challenge}'] },
};
