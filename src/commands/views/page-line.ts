import type { Style } from '../../contract/command.js';

/** Where the page is. */
export const pageLine = ({ url }: { url: string }, { strong }: Pick<Style, 'strong'>): string =>
  `The page is at ${strong(url)}`;
