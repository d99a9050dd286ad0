/** Adds the matchers to vitest's `expect`, and declares their types. */
import { expect } from 'vitest';
import { matchers, type WebhookMatchers } from './index.js';

declare module 'vitest' {
  // TypeScript merges two declarations of an interface only if their parameters are the same.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any
  interface Matchers<T = any> extends WebhookMatchers<T> {}
}

expect.extend(matchers);
