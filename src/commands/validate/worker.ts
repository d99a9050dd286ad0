import { loadJudge } from './judge.js';
import { prescanPiece, type Prescan, type Task } from './prescan.js';

/** Loads the code a second thread needs to prescan parts of a file. */
export async function loadWork(task: Task): Promise<{ workOn: (piece: Buffer) => Prescan[] }> {
  const glancer = await (await loadJudge(task.rules)).glancer();
  return { workOn: piece => prescanPiece(piece, task.format, glancer) };
}
