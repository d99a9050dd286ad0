import path from 'node:path';
import { inject } from 'vitest';

/** Where the built command keeps its compiled code: in one place for a whole run, or each home would begin without it. */
export const compiledCode = (): NodeJS.ProcessEnv => ({ XDG_CACHE_HOME: path.join(inject('builtPackage'), 'cache') });
