// How to load a receiver with autocannon: node autocannon.js <module> <url> <amount> fresh|same
// `fresh` makes and signs a body for each request, as its users would; `same` sends one body again and again.
import { createHmac, createSecretKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [module, url, amount, bodies] = process.argv.slice(2);
const autocannon = createRequire(import.meta.url)(module);
const key = createSecretKey(Buffer.from(process.env.WEBHOOK_SECRET));
const text = readFileSync(new URL('../../../fixtures/events/approved.json', import.meta.url));
const event = JSON.parse(text);

const headersOf = body => ({
  'content-type': 'application/json',
  'x-fin-signature': createHmac('sha256', key).update(body).digest('hex'),
  'x-fin-signature-algorithm': 'sha256',
});

function fresh(request) {
  const [customer, created] = [randomUUID(), new Date().toISOString()];
  const body = JSON.stringify({
    event: { ...event.event, id: randomUUID(), event_reference_id: customer, created_at: created },
    data: { ...event.data, customer_id: customer },
  });
  return { ...request, body, headers: headersOf(body) };
}

const begin = performance.now();
const {
  '2xx': accepted,
  non2xx,
  errors,
} = await autocannon({
  ...{ url, amount: Number(amount), connections: 50, method: 'POST', timeout: 10 },
  requests: [bodies === 'fresh' ? { setupRequest: fresh } : { body: text, headers: headersOf(text) }],
});
const seconds = (performance.now() - begin) / 1000;
process.stdout.write(`${JSON.stringify({ accepted, others: non2xx + errors, perSecond: Number(amount) / seconds })}\n`);
