import { entriesIn } from '../../recording/ndjson.js';
import { judgeEntry, type Judged, type Task } from './judge-entry.js';

export const workOn = (piece: Buffer, task: Task): Judged[] => entriesIn(piece).map(entry => judgeEntry(entry, task));
