import type { Topic } from '../contract/topic.js';
import { connectionFlags } from './connection/flags.js';
import { connectionTopic } from './index.js';

/** The pages about flags that several commands share. */
export const topics: readonly Topic[] = [
  {
    ...connectionTopic,
    configure: connectionFlags,
    notes: `
send, replay and check take these flags. So does a load (send --count).

Environment:
  NODE_EXTRA_CA_CERTS  Authorities that are trusted besides those of --cacert`,
  },
];
