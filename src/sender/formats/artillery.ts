import { signingSource, type RunTimeSigning } from './run-time-signing.js';

export interface ArtilleryScript {
  /** Where the requests go. */
  url: URL;
  /** The number of requests. */
  count: number;
  /** The names of the files beside the script. */
  processor: string;
  requests: string;
}

/** Returns a script for artillery, whose processor takes the requests from a file. https://www.artillery.io/docs/reference/test-script */
export const artilleryScript = ({ url, count, processor, requests }: ArtilleryScript): string =>
  `# artillery run <this file> sends each request once. For another rate, change duration, in seconds.
config:
  target: ${JSON.stringify(url.origin)}
  processor: ./${processor}
  includeFiles:
    - ./${requests}
  phases:
    # One worker of artillery makes all arrivals of a count, so no two workers send the same request.
    - duration: 60
      arrivalCount: ${count}
scenarios:
  - flow:
      - post:
          url: /
          beforeRequest: nextRequest
          followRedirect: false
`;

/** Returns the processor of such a script: a module that returns each request once. Without `signing`, they are already signed. */
export const artilleryProcessor = (requests: string, signing: RunTimeSigning | undefined): string =>
  `${signing ? signingImports : ''}import { closeSync, openSync, readSync } from 'node:fs';
${signing ? signingIntro + signingSource(signing) : ''}
/** Reads a line of the file after the other: it may be larger than memory. */
function* linesOf(file) {
  const descriptor = openSync(file, 'r');
  const chunk = Buffer.alloc(65_536);
  let rest = '';
  for (let size; (size = readSync(descriptor, chunk)) > 0; ) {
    const lines = (rest + chunk.toString('latin1', 0, size)).split('\\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  closeSync(descriptor);
}

const lines = linesOf(new URL('./${requests}', import.meta.url));

/** Headers go through variables, because artillery would take {{ and }} in them for a template. A Buffer stays as it is. */
export async function nextRequest(request, context) {
  const { done, value } = lines.next();
  if (done) throw new Error('no request is left: none is sent twice');
  const { method, url, headers, ${signing ? 'id = "", ' : ''}body } = JSON.parse(value);
  request.method = method;
  request.body = Buffer.from(body, 'base64');
  request.url = url;
  request.headers = {};
  const all = ${signing ? '{ ...headers, ...signatureHeaders(id, request.body) }' : 'headers'};
  for (const [index, [name, text]] of Object.entries(all).entries()) {
    context.vars[\`webhookHeader\${index}\`] = text;
    request.headers[name] = \`{{ webhookHeader\${index} }}\`;
  }
}
`;

const signingImports = `// Signatures have a time, so they are made when a request is sent. The secret is in WEBHOOK_SECRET.
import { createHmac } from 'node:crypto';
`;

const signingIntro = `
const secretText = process.env.WEBHOOK_SECRET;
if (!secretText) throw new Error('WEBHOOK_SECRET is not set');

const base64Bytes = text => Buffer.from(text, 'base64');

function digestOf(hash, key, parts, written) {
  const hmac = createHmac(hash, Buffer.from(key));
  for (const part of parts) hmac.update(part);
  return hmac.digest(written);
}
`;
