import { groupHeaders, type Header } from '../../http/header.js';
import type { Frame } from '../../text/frame.js';
import type { DeliveryRequest } from '../attempt.js';
import { signingSource, type RunTimeSigning } from './run-time-signing.js';

const intro = `// k6 run <this file> sends each request once; --vus, --iterations and --duration change that.
import http from 'k6/http';
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';
`;

const data = `
const requests = new SharedArray('requests', () => [
`;

const options = `
export const options = { vus: 1, iterations: requests.length };
`;

const tail = `
]);
${options}
export default function () {
  const { method, url, headers, body } = requests[exec.scenario.iterationInTest % requests.length];
  // An ArrayBuffer, because a text could be sent as other bytes than those that were signed.
  const response = http.request(method, url, encoding.b64decode(body), { headers, redirects: 0 });
  check(response, { 'status is 2xx': ({ status }) => status >= 200 && status < 300 });
}
`;

/** The start and end of a script for k6. Requests go between them, as data. https://grafana.com/docs/k6/latest/javascript-api/ */
export const k6Frame: Frame = { head: intro + data, separator: ',\n', tail };

const signingIntro = `// WEBHOOK_SECRET=… k6 run <this file>: signatures have a time, so they are made when a request is sent.
${intro}import crypto from 'k6/crypto';

const secretText = __ENV.WEBHOOK_SECRET;
if (!secretText) throw new Error('WEBHOOK_SECRET is not set');

const base64Bytes = text => encoding.b64decode(text.replace(/=+$/, ''), 'rawstd');

function digestOf(hash, key, parts, written) {
  const hmac = crypto.createHMAC(hash, key);
  for (const part of parts) hmac.update(part);
  return hmac.digest(written === 'base64url' ? 'base64rawurl' : written);
}
`;

const signingTail = `${options}
export default function () {
  const { method, url, headers, id, body } = requests[exec.scenario.iterationInTest % requests.length];
  // An ArrayBuffer, because a text could be sent as other bytes than those that are signed.
  const bytes = encoding.b64decode(body);
  const signed = { ...headers, ...signatureHeaders(id, bytes) };
  const response = http.request(method, url, bytes, { headers: signed, redirects: 0 });
  check(response, { 'status is 2xx': ({ status }) => status >= 200 && status < 300 });
}
`;

/** The start and end of a script that signs when it sends. Its secret comes from the environment. */
export const k6SigningFrame = (signing: RunTimeSigning): Frame => ({
  head: signingIntro + signingSource(signing) + data,
  separator: ',\n',
  tail: `\n]);\n${signingTail}`,
});

/** Such a script that reads its requests from lines of a separate file. */
export const k6SigningScript = (signing: RunTimeSigning, file: string): string =>
  `${signingIntro}${signingSource(signing)}
const requests = new SharedArray('requests', () => open('./${file}').trimEnd().split('\\n').map(line => JSON.parse(line)));
${signingTail}`;

/** Returns one request, as an element of the script's array. */
export const k6Request = (request: DeliveryRequest): string => `  ${requestLine(request)}`;

/** Returns one request as JSON, on one line. */
export function requestLine({ method, url, headers, body, id }: DeliveryRequest & { id?: string | undefined }): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return JSON.stringify({ method, url: url.href, headers: merged(headers), id, body: bytes.toString('base64') });
}

/** These engines take one value per name. Several values equal a comma-separated list (RFC 9110, 5.3). */
function merged(headers: readonly Header[]): Record<string, string> {
  const byName = groupHeaders(headers, name => name.toLowerCase());
  return Object.fromEntries(Array.from(byName, ([name, values]) => [name, values.join(', ')] as const));
}
