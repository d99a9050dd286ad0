import type { Command as Commander } from 'commander';
import { InvalidValueError } from '../../errors.js';
import type { ReportForm } from '../../report/documents.js';
import { named, offering } from '../../contract/completion-values.js';
import { oneOf, text } from '../../contract/values.js';

/** A requested document. Without a file, it goes to standard output and replaces the text. */
export interface ReportRequest {
  form: ReportForm;
  file?: string;
}

/** Adds `--report <format[=file]>`, for the forms a command supports. */
export const reportFlag = (command: Commander, forms: readonly ReportForm[]): Commander =>
  command.option(
    '--report <format[=file]>',
    `Write ${forms.slice(0, -1).join(', ')} or ${forms.at(-1) ?? ''}`,
    reportsOf(forms),
  );

/** Parses one `<format[=file]>` after another. */
export const reportsOf = (forms: readonly ReportForm[]) =>
  offering({ candidates: named(forms), hasFile: true, isRepeatable: true }, reportsIn(forms));

const reportsIn =
  (forms: readonly ReportForm[]) =>
  (value: string, earlier: readonly ReportRequest[] = []): readonly ReportRequest[] => {
    const [form = '', ...rest] = value.split('=');
    const request: ReportRequest = { form: oneOf('report format', forms)(form) };
    if (rest.length > 0) request.file = text(rest.join('='));
    if (earlier.some(({ file }) => file === request.file)) {
      throw new InvalidValueError(
        request.file === undefined
          ? 'two reports without a file: standard output holds one document'
          : `two reports for ${request.file}: a file holds one document`,
        { hint: 'use another file, like --report junit=report.xml' },
      );
    }
    return [...earlier, request];
  };
