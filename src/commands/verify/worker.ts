import { entriesIn } from '../../recording/ndjson.js';
import { checkEntry, type Task } from './check-entry.js';
import type { EntryReport } from './reports.js';

export const workOn = (piece: Buffer, task: Task): EntryReport[] =>
  entriesIn(piece).map(entry => checkEntry(entry, task));
