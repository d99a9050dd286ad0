import { artilleryProcessor, artilleryScript } from '../../sender/formats/artillery.js';
import { k6SigningFrame, k6SigningScript, requestLine } from '../../sender/formats/k6.js';
import type { RunTimeSigning } from '../../sender/formats/run-time-signing.js';
import type { DeliveryRequest } from '../../sender/attempt.js';
import { bare } from '../../text/frame.js';
import type { Form, Load } from './forms.js';
import type { GeneratedEvent } from './events.js';

const requests = 'requests.jsonl';

/** The id is for schemes with an id header. */
type RequestOf = (event: GeneratedEvent) => DeliveryRequest & { id?: string | undefined };

/** A script for k6 that signs when it sends: one file, or a script and its data with `--out`. */
export const k6SigningForm = (requestOf: RequestOf, signing: RunTimeSigning): Form => {
  const frame = k6SigningFrame(signing);
  return {
    extension: 'js',
    text: event => requestLine(requestOf(event)),
    single: frame,
    several: frame,
    load: {
      requests,
      scripts: () => [{ name: 'load.js', text: k6SigningScript(signing, requests), program: 'k6' }],
    },
  };
};

const processor = 'processor.mjs';

/** A script for artillery. Without `signing`, requests are signed in advance. */
export const artilleryForm = (requestOf: RequestOf, signing: RunTimeSigning | undefined): Form & { load: Load } => {
  let url: URL | undefined;
  return {
    extension: 'jsonl',
    text(event) {
      const request = requestOf(event);
      url ??= request.url;
      return requestLine(request);
    },
    single: bare,
    several: bare,
    load: {
      requests,
      scripts: count => [
        { name: processor, text: artilleryProcessor(requests, signing) },
        {
          name: 'artillery.yml',
          text: url ? artilleryScript({ url, count, processor, requests }) : '',
          program: 'artillery',
        },
      ],
    },
  };
};
