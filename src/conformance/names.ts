import { groups } from './case.js';
import { cases } from './cases/index.js';

/** What `--only` and `--skip` may name, and what each stands for, as a clause. Nothing that makes events is loaded with it. */
export const names: readonly { name: string; meaning: string }[] = [
  ...groups.map(name => ({ name, meaning: 'every case of this group' })),
  ...cases.map(({ id, sends }) => ({ name: id, meaning: sends })),
];
