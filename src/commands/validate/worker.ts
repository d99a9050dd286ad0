import { loadInspector } from '../../event/inspect.js';
import { prescanPiece, type Prescan, type Task } from './prescan.js';

/** Loads what a second thread needs to prescan pieces of a file. */
export async function loadWork(): Promise<{ workOn: (piece: Buffer, task: Task) => Prescan[] }> {
  const inspect = await loadInspector();
  return { workOn: (piece, task) => prescanPiece(piece, task, inspect) };
}
