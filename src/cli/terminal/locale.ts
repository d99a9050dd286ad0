import type { Host } from '../host.js';

/** POSIX order: LC_ALL over LC_CTYPE over LANG. Containers set none of them and still show UTF-8. */
export function isUtf8({ LC_ALL, LC_CTYPE, LANG }: Host['env']): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find(Boolean);
  return locale === undefined || /utf-?8/i.test(locale);
}
