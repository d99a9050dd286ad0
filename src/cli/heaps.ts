import { setFlagsFromString } from 'node:v8';

/** V8's own choice lets a heap grow to several times what it holds, which saves time, and rarely shrinks it. */
const flags = {
  // Only what is new grows fast, which is most of a long input.
  speed: ['--semi-space-growth-factor=2'],
  memory: ['--semi-space-growth-factor=1', '--heap-growing-percent=50'],
};

/** Applies to all threads, from now on: with `memory`, heaps stay near their present size. */
export function aimHeapsAt(aim: keyof typeof flags): void {
  for (const flag of flags[aim]) setFlagsFromString(flag);
}
