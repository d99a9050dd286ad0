import path from 'node:path';
import { CommandError } from '../../errors.js';
import type { ReportForm } from '../../report/documents.js';
import type { About } from '../../report/about.js';
import type { Findings } from '../../report/collect.js';
import type { ReportPage } from '../../report/html/page.js';
import { writeDocument } from '../../report/write.js';
import type { Ports } from '../../contract/command.js';
import type { Environment } from '../../ports.js';
import type { ReportRequest } from './report-flag.js';

/** A document on standard output. */
export interface DocumentReport {
  type: 'document';
  form: ReportForm;
  documentBase64: string;
}

/** Whether a document replaces the text. */
export const isDocumentOnStdout = (requests: readonly ReportRequest[] = []): boolean =>
  requests.some(({ file }) => file === undefined);

interface WritingPorts extends Pick<Ports, 'environment' | 'clock'> {
  reporting: Pick<Ports<DocumentReport>['reporting'], 'report' | 'fail'>;
}

interface Content {
  title: string;
  /** Extra content of a summary, besides the findings. */
  about?: About | undefined;
  /** Extra content of a page, besides the findings. */
  page?: (() => ReportPage) | undefined;
}

/** Writes every document. If one can't be written, reports that and writes the others. */
export async function writeReports(
  findings: Findings,
  { requests = [], ...content }: Content & { requests: readonly ReportRequest[] | undefined },
  { environment: { cwd, env }, clock, reporting: { report, fail } }: WritingPorts,
): Promise<void> {
  for (const { form, file } of requests) {
    const document = await documentOf(form, findings, content);
    if (file === undefined) {
      await report({ type: 'document', form, documentBase64: Buffer.from(document).toString('base64') });
      continue;
    }
    const target = path.resolve(cwd, file);
    const isAppended = isStepSummary(target, env);
    await writeDocument(target, isAppended ? `\n${document}` : document, { clock, isAppended }).catch(
      (error: unknown) => {
        if (!(error instanceof CommandError)) throw error;
        fail(error);
      },
    );
  }
}

/** Loads the writer of a document; some import a library. */
async function documentOf(form: ReportForm, findings: Findings, { title, about, page }: Content): Promise<string> {
  const [listed, totals] = [findings.listed(title), findings.totals()];
  if (form !== 'html') {
    const { documents } = await import('../../report/documents.js');
    return documents[form](listed, title, { ...totals, about });
  }
  const { pageOfFindings, renderPage } = await import('../../report/html/index.js');
  return renderPage(page?.() ?? pageOfFindings(listed, title, totals));
}

/** The summary of a step on GitHub belongs to all commands of the step. */
const isStepSummary = (file: string, { GITHUB_STEP_SUMMARY: summary = '' }: Environment['env']): boolean =>
  summary !== '' && file === path.resolve(summary);

export const viewDocument = ({ documentBase64 }: DocumentReport): Uint8Array => Buffer.from(documentBase64, 'base64');
