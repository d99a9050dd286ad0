import { loadInspector } from '../../src/event/inspect.js';
import { loadEventMaker, type Recipe } from '../../src/event/maker.js';

/** Modules that the program loads lazily, loaded once for each test file. */
export const inspect = await loadInspector();

export const createEventMaker = await loadEventMaker();

export const generateEvents = ({ seed, ...course }: Recipe): Uint8Array[] => createEventMaker(seed).events(course);
