import path from 'node:path';
import { CommandError } from '../../errors.js';
import type { DocumentForm } from '../../report/documents.js';
import type { Findings } from '../../report/collect.js';
import { writeDocument } from '../../report/write.js';
import type { Ports } from '../../contract/command.js';
import type { Environment } from '../../ports.js';
import type { ReportRequest } from './report-flag.js';

/** A document on standard output. */
export interface DocumentReport {
  type: 'document';
  form: DocumentForm;
  documentBase64: string;
}

/** Whether a document takes the place of words. */
export const isDocumentOnStdout = (requests: readonly ReportRequest[] = []): boolean =>
  requests.some(({ file }) => file === undefined);

/** Writes every document. One that can't be written is reported, and the others are written all the same. */
export async function writeReports(
  findings: Findings,
  { requests = [], title }: { requests: readonly ReportRequest[] | undefined; title: string },
  { environment: { cwd, env }, clock, reporting: { report, fail } }: Ports<DocumentReport>,
): Promise<void> {
  for (const { form, file } of requests) {
    // Loaded late: it brings a library for XML.
    const { documents } = await import('../../report/documents.js');
    const content = documents[form](findings.listed(title), title, findings.totals());
    if (file === undefined) {
      await report({ type: 'document', form, documentBase64: Buffer.from(content).toString('base64') });
      continue;
    }
    const target = path.resolve(cwd, file);
    const isAppended = isStepSummary(target, env);
    await writeDocument(target, isAppended ? `\n${content}` : content, { clock, isAppended }).catch(
      (error: unknown) => {
        if (!(error instanceof CommandError)) throw error;
        fail(error);
      },
    );
  }
}

/** The summary of a step on GitHub belongs to all commands of the step. */
const isStepSummary = (file: string, { GITHUB_STEP_SUMMARY: summary = '' }: Environment['env']): boolean =>
  summary !== '' && file === path.resolve(summary);

export const viewDocument = ({ documentBase64 }: DocumentReport): Uint8Array => Buffer.from(documentBase64, 'base64');
