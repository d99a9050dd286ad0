import path from 'node:path';
import { inject } from 'vitest';

/** Where the built command keeps its compiled code: one place for a whole run, or each home would start without any. */
export const compiledCode = (): NodeJS.ProcessEnv => ({ XDG_CACHE_HOME: path.join(inject('builtPackage'), 'cache') });
