import type { EventSummary } from '../../event/summary.js';
import type { Style } from '../../contract/command.js';
import { line } from '../../text/line.js';
import { shellWord } from '../../text/shell.js';
import { counted } from '../../text/words.js';
import type { OutputFormat } from '../payload/formats.js';

/** An event was generated. */
export interface GeneratedReport {
  type: 'generated';
  /** 1 for the first. */
  seq: number;
  event: EventSummary;
  /** The size of the body. */
  bytes: number;
  format: OutputFormat;
  /** The file it was written to, with `--out`. */
  file?: string;
  /** Its part of the document, without `--out`. Concatenated in order, the parts make the document. */
  document?: string;
}

/** A script was written that sends all of the requests. */
interface ScriptReport {
  type: 'script';
  file: string;
  /** How many requests it sends. */
  requests: number;
  /** The program that runs it. */
  program: string;
}

export type GenerateReport = GeneratedReport | ScriptReport;

export function view(report: GenerateReport, style: Style): string | Uint8Array {
  if (report.type === 'script') return scriptLine(report, style);
  const { file = '', event, bytes, document } = report;
  if (document !== undefined) return Buffer.from(document);
  const { visible, strong, marks } = style;
  return line(
    [
      { text: visible(file), yields: { order: 2, least: 24 } },
      { text: visible(event.type ?? marks.none), yields: { order: 1, least: 0 } },
      { text: visible(event.status ?? marks.none), paint: strong, yields: { order: 3, least: 8 } },
      { text: `${bytes} B`, yields: { order: 1, least: 0 } },
    ],
    style,
  );
}

const scriptLine = ({ file, requests, program }: ScriptReport, { strong, visible }: Style): string =>
  `${counted(requests, 'request')}; send them with ${strong(`${program} run ${visible(shellWord(file))}`)}`;
