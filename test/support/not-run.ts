const fin = 'http://localhost:3000/webhooks/fin';

/** Why no transcript has a command line, or which test runs it instead, and the command lines. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'ends when it is stopped; test/commands/listen.test.ts': ['listen', 'listen --show headers,body'],
  'ends when it is stopped; test/commands/listen-respond.test.ts': ['listen --respond 500,drop,200'],
  'ends when it is stopped; test/page/listen-web.test.ts': ['listen --web'],
  'ends when it is stopped; test/page/inspect-web.test.ts': ['inspect captured.ndjson --web'],
  'needs an application; test/commands/listen-forward-save.test.ts': [
    `listen --forward-to ${fin} --save incident.ndjson`,
  ],
  'needs a tunnel; test/commands/listen-save.test.ts': [
    'listen --secret-file fin-secret --path /webhooks/fin --save captured.ndjson',
  ],
  'waits for an event; test/commands/listen-ready-file.test.ts': [
    'listen --match data.customer_status=APPROVED --timeout 30s --ready-file url.txt',
  ],
  'waits for a load; test/commands/listen-ends.test.ts': ['listen --count 100000 --distinct --timeout 10m'],
  'takes its time; test/commands/send-retries.test.ts': ['send --status QUEUED,APPROVED --delay 1s'],
  'opens an editor; test/commands/send-edit.test.ts': ['send --fixture approved --edit'],
  'other times each time; test/commands/demo.test.ts': ['demo'],
  'other times each time; test/commands/scheme.test.ts': [
    'send --scheme stripe',
    'send event.json --scheme standard-webhooks',
    'listen --scheme slack --tolerance 10m',
    'verify captured.ndjson --scheme github',
    'check http://localhost:3000/hook --scheme paddle',
  ],
  'other ids each time; test/acceptance/recipes.md': ['generate --walk --out events'],
  'writes a page; test/page/client/one-file.test.ts': ['inspect captured.ndjson --html incident.html'],
  'takes all cases; test/conformance/right.test.ts': [`check ${fin}`],
  'needs an application; test/receivers/hosts.ts': ['check http://127.0.0.1:3000/webhooks/fin --wait 30s'],
  'a script that runs as a whole; test/ci/examples.test.ts': [
    'check http://127.0.0.1:3000/webhooks/fin --wait 30s --report junit=check.xml',
  ],
  'needs an application; test/commands/check-baseline.test.ts': [
    'check --baseline check.json',
    'check --baseline check.json --update-baseline',
  ],
  'needs an application; test/conformance/effects/restart.test.ts': [
    'check --probe ./show-customer.sh --restart ./restart-app.sh',
  ],
  'needs an application; test/conformance/effects/probe.test.ts': [
    'check --probe http://127.0.0.1:3000/debug/{customer}',
  ],
  'a step of a job; test/report/sarif.test.ts': ['validate test/fixtures/webhooks --report sarif=payloads.sarif'],
  'for vegeta and k6; test/commands/generate-requests.test.ts': [
    `generate --count 1000 --signed --format vegeta --url ${fin}`,
    `generate --count 1000 --signed --format k6 --url ${fin}`,
  ],
  'for k6; test/commands/generate-run-time.test.ts': [
    'generate --count 1000 --signed --format k6 --scheme stripe --out load --url http://localhost:3000/webhooks/stripe',
  ],
  'for artillery; test/engines/artillery.long.ts': [
    `generate --count 1000 --signed --format artillery --out load --url ${fin}`,
  ],
  'for wrk; test/commands/generate-wrk.test.ts': [`generate --count 100000 --signed --format wrk --url ${fin}`],
  'for several machines; test/commands/generate-parts.test.ts': [
    'generate --count 100000 --seed 1 --now $now --part $part/8 --signed --format wrk --url https://receiver.example.com/webhooks/fin',
  ],
  'for a start file; test/commands/completion.test.ts': ['completion bash', 'completion zsh', 'completion fish'],
};

/** Command lines of the README and docs/ that no transcript has, with the reason: the test that runs a similar one. */
export const notRun: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, lines]) =>
    lines.map((line): [string, string] => [`webhook-cli ${line}`, reason]),
  ),
);
