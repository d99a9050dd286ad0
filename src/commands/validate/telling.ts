import type { CommandError } from '../../errors.js';
import type { Finding } from '../../report/finding.js';
import type { Context } from '../command.js';
import { problemWords } from '../views/problem-words.js';
import type { ReportRequest } from '../documents/report-flag.js';
import { isDocumentOnStdout, writeReports, type DocumentReport } from '../documents/write-reports.js';
import type { FileReport, ProblemReport, ValidateReport } from './reports.js';

/** What was found, told at once, and kept for the documents that were asked for. */
export interface Telling {
  tell: (report: ValidateReport, isGood: boolean) => Promise<void>;
  /** A file that can't be read. */
  failFile: (file: string, error: CommandError) => void;
  /** Writes the documents. */
  finish: () => Promise<void>;
}

export function createTelling(
  requests: readonly ReportRequest[] = [],
  context: Context<ValidateReport | DocumentReport>,
): Telling {
  const findings: Finding[] = [];
  const isSilent = isDocumentOnStdout(requests);
  return {
    async tell(report, isGood) {
      if (requests.length > 0) findings.push(...findingsOf(report));
      if (!isSilent) await context.report(report, isGood ? 'positive' : 'negative');
    },
    failFile(file, error) {
      findings.push({ suite: file, name: 'readable', outcome: 'failed', message: error.message, file });
      context.fail(error);
    },
    finish: () => writeReports(findings, { requests, title: 'webhook-cli validate' }, context),
  };
}

function findingsOf(report: ValidateReport): Finding[] {
  if (report.type === 'problem') return [findingOfProblem(report)];
  return report.type === 'file' && report.valid > 0 ? [findingOfFile(report)] : [];
}

function findingOfProblem(problem: ProblemReport): Finding {
  const { file, index, line, column, level, code } = problem;
  const request = index === undefined ? '' : `request ${index}, `;
  return {
    ...{ suite: file, name: `${request}${line}:${column} ${code}`, outcome: level === 'error' ? 'failed' : 'warning' },
    ...{ message: problemWords(problem), file },
    // In a recording, they are those of a body, which no viewer of the file can show.
    ...(index === undefined && { line, column }),
  };
}

const findingOfFile = ({ file, bodies, valid }: FileReport): Finding => ({
  ...{ suite: file, name: `${valid} of ${bodies} valid`, outcome: 'passed', file },
});
