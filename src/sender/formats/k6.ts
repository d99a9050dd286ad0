import { groupHeaders } from '../../http/header.js';
import type { DeliveryRequest } from '../attempt.js';

const head = `// k6 run <this file> sends each request once; --vus, --iterations and --duration change that.
import http from 'k6/http';
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';

const requests = new SharedArray('requests', () => [
`;

const tail = `
]);

export const options = { vus: 1, iterations: requests.length };

export default function () {
  const { method, url, headers, body } = requests[exec.scenario.iterationInTest % requests.length];
  // An ArrayBuffer, because a text could be sent as other bytes than those that were signed.
  const response = http.request(method, url, encoding.b64decode(body), { headers, redirects: 0 });
  check(response, { 'status is 2xx': ({ status }) => status >= 200 && status < 300 });
}
`;

/** The two ends of a script for k6. Requests go between them, as data. https://grafana.com/docs/k6/latest/javascript-api/ */
export const k6Frame = { head, separator: ',\n', tail };

/** Returns one request, as an element of the script's array. */
export function k6Request({ method, url, headers, body }: DeliveryRequest): string {
  // k6 takes one value for each name. Several values of a name mean the same as a list of them (RFC 9110, 5.3).
  const byName = groupHeaders(headers, name => name.toLowerCase());
  const merged = Object.fromEntries(Array.from(byName, ([name, values]) => [name, values.join(', ')] as const));
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return `  ${JSON.stringify({ method, url: url.href, headers: merged, body: bytes.toString('base64') })}`;
}
