import type { CommandError } from '../../errors.js';
import { createFindings } from '../../report/collect.js';
import type { Finding } from '../../report/finding.js';
import type { Ports } from '../../contract/command.js';
import { problemWords } from '../../event/problem-words.js';
import type { ReportRequest } from '../documents/report-flag.js';
import { isDocumentOnStdout, writeReports, type DocumentReport } from '../documents/write-reports.js';
import type { FileReport, ProblemReport, ValidateReport } from './reports.js';

/** Reports problems at once, and keeps them for the documents of `--report`. */
export interface ProblemReporter {
  report: (report: ValidateReport, isGood: boolean) => Promise<void>;
  /** Reports a file that can't be read. */
  failFile: (file: string, error: CommandError) => void;
  writeDocuments: () => Promise<void>;
}

export function createProblemReporter(
  requests: readonly ReportRequest[] = [],
  ports: Ports<ValidateReport | DocumentReport>,
): ProblemReporter {
  const { reporting } = ports;
  const findings = createFindings();
  const isSilent = isDocumentOnStdout(requests);
  return {
    async report(report, isGood) {
      if (requests.length > 0) for (const finding of findingsOf(report)) findings.add(finding);
      if (!isSilent) await reporting.report(report, isGood ? 'positive' : 'negative');
    },
    failFile(file, error) {
      findings.add({ suite: file, name: 'readable', outcome: 'failed', message: error.message, file });
      reporting.fail(error);
    },
    writeDocuments: () => writeReports(findings, { requests, title: 'webhook-cli validate' }, ports),
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
    suite: file,
    name: `${request}${line}:${column} ${code}`,
    rule: code,
    outcome: level === 'error' ? 'failed' : 'warning',
    message: problemWords(problem),
    file,
    // In a recording, positions are relative to a body, which no viewer of the file can show.
    ...(index === undefined && { line, column }),
  };
}

const findingOfFile = ({ file, bodies, valid }: FileReport): Finding => ({
  suite: file,
  name: `${valid} of ${bodies} valid`,
  outcome: 'passed',
  file,
});
