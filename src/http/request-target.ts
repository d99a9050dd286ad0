/** Whether it can stand in a request line; what is beyond ASCII is one byte each. */
export const isRequestTarget = (target: string): boolean => /^[\x21-\x7e\x80-\xff]+$/.test(target);

/**
 * What an origin server is asked for: of a whole URL what comes after its host, byte for byte, else all of it.
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1
 */
export function originForm(target: string): string {
  const [, rest] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(target) ?? [];
  if (rest === undefined) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
