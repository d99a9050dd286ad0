import type { Report, Show } from '../../contract/command.js';
import type { Host } from '../host.js';
import type { Output } from './output.js';
import type { GlobalFlags } from '../argv/global-flags.js';
import { createStyle } from './style.js';
import { visible } from '../../text/visible.js';

/** Shows each report: as one line of JSON, in words, or as the bytes of a document. */
export function createPrinter({ stdout, env }: Pick<Host, 'stdout' | 'env'>, output: Output, flags: GlobalFlags): Show {
  const style = createStyle(stdout, env, flags.color);
  return async (report, { view, hasOnlyWords }, verdict) => {
    const isHidden = flags.quiet === true && verdict === 'positive';
    if (isHidden && (flags.json || hasOnlyWords)) return;
    const shown = flags.json ? jsonLine(report) : view(style);
    if (shown === undefined) return;
    if (typeof shown !== 'string') return output.write(shown);
    if (!isHidden) await output.write(`${shown}\n`);
  };
}

const jsonLine = (report: Report): string => visible(JSON.stringify(report));
