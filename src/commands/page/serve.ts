import { LocalError, systemCode, systemWords } from '../../errors.js';
import type { Ports } from '../../contract/command.js';
import { openPage, type Page, type PageOptions } from '../../page/page.js';
import type { WebFlags } from './flags.js';

/** The page can be opened. */
export interface PageReport {
  type: 'page';
  /** Includes the page's token: anyone who has it can see all requests. */
  url: string;
}

/** Throws LocalError if the port can't be used. */
export async function servePage(
  options: Omit<PageOptions, 'port' | 'clock' | 'onBug' | 'packageRoot'>,
  { web = true }: WebFlags,
  { clock, reporting, environment: { packageRoot } }: Pick<Ports, 'clock' | 'reporting' | 'environment'>,
): Promise<Page> {
  const port = web === true ? 0 : web;
  return openPage({ ...options, port, clock, packageRoot, onBug: reporting.fail }).catch((cause: unknown) => {
    if (systemCode(cause) === '') throw cause;
    const why = systemCode(cause) === 'EADDRINUSE' ? 'it is in use' : systemWords(cause);
    throw new LocalError(`can't serve the page on port ${port}: ${why}`, {
      cause,
      hint: 'pass --web alone for any free port',
    });
  });
}

/** Reports the URL, and opens it in the browser with `--open`. */
export async function announcePage(
  { url }: Page,
  { open }: WebFlags,
  { environment, reporting }: Pick<Ports<PageReport>, 'environment' | 'reporting'>,
): Promise<void> {
  await reporting.report({ type: 'page', url });
  if (!open) return;
  const { openBrowser } = await import('./browser.js');
  if (!(await openBrowser(url, environment))) reporting.warn('no browser started: open the link yourself');
}
