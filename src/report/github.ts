import type { Finding } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/**
 * Workflow commands that GitHub shows as annotations, for what failed and what is worth a warning:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const github = (findings: readonly Finding[]): string => findings.map(annotation).join('');

function annotation({ outcome, suite, name, message = '', details, file, line, column }: Finding): string {
  const command = commands[outcome];
  if (command === undefined) return '';
  const properties = Object.entries({ file, line, col: column, title: `${suite}: ${name}` })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  const text = [message, ...(details === undefined ? [] : [details])].flatMap(plainLines).join('\n');
  return `::${command} ${properties.join(',')}::${data(text)}\n`;
}

const commands: Partial<Record<Finding['outcome'], string>> = { failed: 'error', warning: 'warning' };

/** As @actions/core does it. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
