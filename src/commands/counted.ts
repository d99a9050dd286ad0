/** `1 byte`, `2,048 bytes`: a number in groups, and its noun in the right form. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
