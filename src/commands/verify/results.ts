import type { Header } from '../../http/header.js';
import type { CapturedRequest } from '../../recording/captured-request.js';
import { answeredOf } from '../../recording/answered.js';
import type { ExchangeEntry } from '../../recording/exchanges.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Ports } from '../../contract/command.js';
import { readBody } from '../input/files.js';
import { mapExchanges } from '../input/recordings.js';
import type { Chosen, Selector } from '../input/selection.js';
import { helpWith } from '../workers.js';
import {
  createWithCheck,
  searchBudget,
  type SharedTask,
  type Task,
  type WithCheck,
} from '../../exchange/check-entry.js';
import { checkedExchanges, checkExchange, type Checked } from '../../exchange/check-exchange.js';
import type { EntryReport } from '../../exchange/verification.js';
import type { VerifyReport } from './reports.js';
import type { VerifyOptions } from './options.js';

interface Checking {
  withCheck: WithCheck;
  task: Task;
}

/** The reports on one file, several at a time, still without their positions. */
export interface FileResults {
  file: string;
  /** Whether flags selected requests, possibly none. */
  isChosen?: boolean;
  reports: AsyncIterable<readonly EntryReport[]>;
}

export function resultsOf(
  options: VerifyOptions,
  { terms, selector }: { terms: Omit<Task, 'source'> & { scheme: Scheme }; selector: Selector | undefined },
  ports: Ports<VerifyReport>,
): FileResults[] {
  const budget = searchBudget();
  const withCheck = createWithCheck(budget);
  const { file: files, format, body } = options;
  if (body !== undefined) {
    const task: Task = { source: { file: body, files: 1 }, ...terms };
    const single = { ...options, body, scheme: terms.scheme };
    return [{ file: body, reports: checkSingle(single, { withCheck, task }, ports) }];
  }
  return files.map(file => {
    const task: Task = { source: { file, files: files.length }, ...terms };
    if (selector) return { file, isChosen: true, reports: checkChosen(selector.choose(file), { withCheck, task }) };
    // Class instances can't go to another thread.
    const portable = (): SharedTask => ({
      ...{ ...task, scheme: dataOf(terms.scheme), own: terms.own.map(dataOf) },
      searchTime: budget.left(),
    });
    const mapping = {
      map: (entries: readonly ExchangeEntry[]) =>
        withCheck(check => entries.map(entry => checkExchange(entry, check, task))),
      help: helpWith('verify', portable, ports),
    };
    return { file, reports: answered(mapExchanges<Checked>({ name: file, format }, mapping, ports)) };
  });
}

/** Runs after the threads: a response may be in a different piece than its request. */
async function* answered(results: AsyncIterable<readonly Checked[]>): AsyncGenerator<readonly EntryReport[]> {
  const { paired } = await import('../../recording/exchanges.js');
  for await (const reports of paired(results, checkedExchanges)) yield reports.filter(report => report !== undefined);
}

/** Runs in this thread: selections are usually small. */
async function* checkChosen(
  entries: AsyncIterable<Chosen>,
  { withCheck, task }: Checking,
): AsyncGenerator<readonly EntryReport[]> {
  for await (const entry of entries) {
    if (entry.kind === 'unplaced') continue;
    const report = await withCheck(check => check(entry, task));
    if (report.type === 'verification' && entry.kind === 'request') {
      report.index = entry.position;
      report.answer = answeredOf(entry.request);
    }
    yield [report];
  }
}

const dataOf = ({ name, definition }: Task['scheme']): Task['scheme'] => ({ name, definition });

async function* checkSingle(
  {
    body: name,
    signature = '',
    algorithm,
    header = [],
    scheme: { signatureHeader, algorithmHeader },
  }: Omit<VerifyOptions, 'scheme'> & { body: string; scheme: Scheme },
  { withCheck, task }: Checking,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<readonly EntryReport[]> {
  const headers: Header[] = [...header, [signatureHeader, signature]];
  if (algorithmHeader !== undefined && algorithm !== undefined) headers.push([algorithmHeader, algorithm]);
  const body = await readBody(name, ports);
  const request: CapturedRequest = { method: 'POST', target: '/', headers, body, fidelity: 'exact', findings: [] };
  yield [await withCheck(check => check({ kind: 'request', request }, task))];
}
