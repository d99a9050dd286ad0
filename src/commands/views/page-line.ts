import type { Style } from '../../contract/command.js';

/** The line that shows the page's URL. */
export const pageLine = ({ url }: { url: string }, { strong }: Pick<Style, 'strong'>): string =>
  `The page is at ${strong(url)}`;
