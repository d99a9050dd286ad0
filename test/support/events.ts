import { loadInspector } from '../../src/event/inspect.js';
import { loadEventMaker, type Recipe } from '../../src/event/maker.js';

/** What is loaded lazily in the program, loaded once for a file of tests. */
export const inspect = await loadInspector();

export const createEventMaker = await loadEventMaker();

export const generateEvents = ({ seed, ...course }: Recipe): Uint8Array[] => createEventMaker(seed).events(course);
