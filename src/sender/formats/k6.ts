import { groupHeaders } from '../../http/header.js';
import type { DeliveryRequest } from '../http-client.js';

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
  // An ArrayBuffer: a text could come out as other bytes than those that were signed.
  const response = http.request(method, url, encoding.b64decode(body), { headers, redirects: 0 });
  check(response, { 'status is 2xx': ({ status }) => status >= 200 && status < 300 });
}
`;

/** A script for k6; its requests come between, as data. https://grafana.com/docs/k6/latest/javascript-api/ */
export const k6Frame = { head, separator: ',\n', tail };

/** One request, as an element of the script's array. */
export function k6Request({ method, url, headers, body }: DeliveryRequest): string {
  // k6 takes one value a name; several of one name are the same as a list (RFC 9110, 5.3).
  const byName = groupHeaders(headers, name => name.toLowerCase());
  const merged = Object.fromEntries(Array.from(byName, ([name, values]) => [name, values.join(', ')] as const));
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return `  ${JSON.stringify({ method, url: url.href, headers: merged, body: bytes.toString('base64') })}`;
}
