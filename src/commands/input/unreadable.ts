import { InputError, systemCode, systemWords } from '../../errors.js';

/** Why a file that was named can't be read; `elsewhere` is what its name means where a flag takes it. */
export const unreadable = (name: string, cause: unknown, elsewhere?: string): InputError =>
  new InputError(`can't read ${name}: ${systemWords(cause)}`, {
    cause,
    hint: hintTo(name, systemCode(cause), elsewhere),
  });

function hintTo(name: string, code: string, elsewhere: string | undefined): string {
  if (code === 'EISDIR') return `name the files in it, as in ${name.replace(/\/+$/, '')}/*`;
  if (code === 'EACCES' || code === 'EPERM') return 'ask its owner for leave to read it, or name a copy of your own';
  if (/^https?:\/\//.test(name)) return 'a file is expected here; the URL of a receiver goes with --url';
  return elsewhere ?? 'is the path right, seen from this folder?';
}
