import { entriesIn } from '../../recording/ndjson.js';
import type { Work } from '../../threads/serve.js';
import { createCheck, type Task } from '../../exchange/check-entry.js';
import type { EntryReport } from '../../exchange/verification.js';

export function loadWork(): Work {
  const check = createCheck();
  return { workOn: (piece: Buffer, task: Task): EntryReport[] => entriesIn(piece).map(entry => check(entry, task)) };
}
