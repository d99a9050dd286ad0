/** `12,345`. By hand: Intl takes as long for its first number as half a start of Node. */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 byte`, `2,048 bytes`: a number in groups, and its noun in the right form. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : several}`;
