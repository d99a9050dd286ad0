import type { Command as Commander } from 'commander';
import type { SettingFlags } from '../../config/settings.js';
import type { BodyPattern } from '../../sender/body-pattern.js';
import type { Header } from '../../http/header.js';
import type { StatusSet } from '../../http/status-set.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { connectionFlags, connectionRules, type ConnectionFlags } from '../connection/flags.js';
import type { ReportRequest } from '../documents/report-flag.js';
import { duration, expectedHeader, listOf, pattern, recording, statuses } from '../../contract/values.js';

/** The flags for making and delivering requests, and for expectations. */
export interface DeliveryFlags
  extends ConnectionFlags, Pick<SettingFlags, 'url' | 'scheme' | 'algorithm' | 'timeout' | 'retries'> {
  header?: readonly Header[];
  /** Milliseconds. */
  maxWait?: number;
  /** Milliseconds. */
  delay?: number;
  expectStatus?: StatusSet;
  expectHeader?: readonly Header[];
  expectBody?: BodyPattern;
  /** Milliseconds. */
  maxTime?: number;
  show?: readonly Part[];
  save?: string;
  fsync?: boolean;
  /** For loads. */
  report?: readonly ReportRequest[];
}

export type Part = (typeof parts)[number];

const parts = ['headers', 'body'] as const;

/** The parts of a message to show below its line. */
export const showFlag = (command: Commander): Commander =>
  command.option('--show <parts>', 'Show headers, body or both (headers,body)', listOf('part', parts));

export function deliveryFlags(command: Commander): Commander {
  settingFlags(command.optionsGroup('Request:'), 'url', 'headers');
  connectionFlags(settingFlags(secretFlags(command), 'scheme', 'algorithm')).optionsGroup('Delivery:');
  settingFlags(command, 'timeout', 'retries')
    .option('--max-wait <duration>', 'Longest Retry-After to obey (default: 60s)', duration)
    .option('--delay <duration>', 'Wait this long between deliveries', duration)
    .optionsGroup('What counts as success:')
    .option('--expect-status <set>', 'Expect a status: 401 or 200,204 (default: 2xx)', statuses)
    .option('--expect-header <name: value>', 'Expect this response header; repeatable', expectedHeader)
    .option('--expect-body <text|/regex/>', 'Expect this in the response body', pattern)
    .option('--max-time <duration>', 'Expect a response within this time', duration);
  command
    .optionsGroup('Output:')
    .option('--save <file>', 'Record requests and responses in this file', recording)
    .option('--fsync', 'Flush records to disk, to survive a power loss');
  return showFlag(command);
}

/** Rules between these flags. */
export const deliveryRules: readonly FlagRule[] = [
  { stdin: ['<file>', '--secret-file'] },
  ...connectionRules,
  { flag: '--fsync', needs: '--save', hint: 'add --save <file> to record requests' },
];
