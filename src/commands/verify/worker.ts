import { exchangesIn } from '../../recording/ndjson.js';
import type { Work } from '../../threads/serve.js';
import { createCheck, searchBudget, type SharedTask } from '../../exchange/check-entry.js';
import { checkExchange, type Checked } from '../../exchange/check-exchange.js';

export async function loadWork({ searchTime }: SharedTask): Promise<Work> {
  const check = await createCheck(searchBudget(searchTime));
  return {
    workOn: (piece: Buffer, task: SharedTask): Checked[] =>
      exchangesIn(piece).map(entry => checkExchange(entry, check, task)),
  };
}
