import {
  checkReceiver,
  createReceiver,
  createSender,
  generateEvent,
  schemes,
  sign,
  UsageError,
  validate,
  verify,
  WebhookError,
  type SchemeDefinition,
  type WebhookRequest,
} from 'webhook-cli';

const secret = 'k7Qz2mVx9LpT';
const own: SchemeDefinition = { ...schemes.github, signature: { header: 'x-acme' } };

async function main(): Promise<string[]> {
  const receiver = await createReceiver({ secret, respond: [500, 200] });
  const sender = createSender({ url: receiver.url, secret, retries: 1 });
  const body = await generateEvent('customer.status', { status: 'APPROVED', seed: 1 });
  const { isExpected, attempts } = await sender.send(body);
  const request: WebhookRequest = await receiver.waitFor({ 'data.customer_status': 'APPROVED' });
  const report = await checkReceiver(receiver.url, { secret, only: ['valid', 'unsigned'] });
  await sender.close();
  await receiver.close();
  const { headers } = sign({ a: 1 }, { secret, scheme: own });
  const result = verify({ headers, body: '{"a":1}' }, { secret, scheme: own });
  const { isValid } = await validate(body);
  const fetched = await verify(new Request('http://localhost', sign(body, { secret })), {
    secret,
  });
  let code = '';
  try {
    sign('', { secret: '' });
  } catch (error) {
    if (error instanceof UsageError && error instanceof WebhookError) code = error.code;
  }
  return [isExpected, attempts.length, request.answer, report.passed, result.valid, isValid, fetched.valid, code].map(
    String,
  );
}

void main().then(results => {
  console.log(results.join());
});
