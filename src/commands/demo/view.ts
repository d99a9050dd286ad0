import type { Style } from '../../contract/command.js';
import type { ReadyReport, RequestReport } from '../listen/reports.js';
import { view as viewListen } from '../listen/view.js';
import type { ReplyReport, SentReport } from '../sending/reports.js';
import { view as viewDelivery } from '../sending/view.js';

/** Whether all four deliveries ended as expected. */
interface ConclusionReport {
  type: 'demo';
  isPassed: boolean;
  /** How to run this program. */
  program: 'webhook-cli' | 'npx webhook-cli';
}

export type DemoReport =
  ReadyReport | (SentReport & { isTampered?: true }) | RequestReport | ReplyReport | ConclusionReport;

export function view(report: DemoReport, style: Style): string {
  switch (report.type) {
    case 'ready':
      return viewListen(report, style);
    case 'sent':
      return [
        '',
        ...(report.isTampered ? [style.faint('Now an attacker changes QUEUED to APPROVED after signing:')] : []),
        viewDelivery(report, style),
      ].join('\n');
    case 'request':
      return indented(report, style);
    case 'reply':
      return viewDelivery(report, style);
    case 'demo':
      return conclusion(report, style);
  }
}

const indented = (report: RequestReport, style: Style): string =>
  viewListen(report, { ...style, columns: style.columns - 2 }).replace(/^/gm, '  ');

const conclusion = ({ isPassed, program }: ConclusionReport, { good, bad, marks, strong }: Style): string =>
  isPassed
    ? `\n${good(`${marks.good} Three were accepted, and the tampered one was refused.`)}\nNow in two terminals: ${strong(`${program} listen`)} and ${strong(`${program} send --status APPROVED`)}`
    : `\n${bad(`${marks.bad} Not every delivery ended as expected. See the lines above.`)}`;
