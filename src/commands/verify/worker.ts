import { exchangesIn } from '../../recording/ndjson.js';
import type { Work } from '../../threads/serve.js';
import { createCheck, type Task } from '../../exchange/check-entry.js';
import { checkExchange, type Checked } from '../../exchange/check-exchange.js';

export async function loadWork(): Promise<Work> {
  const check = await createCheck();
  return {
    workOn: (piece: Buffer, task: Task): Checked[] =>
      exchangesIn(piece).map(entry => checkExchange(entry, check, task)),
  };
}
