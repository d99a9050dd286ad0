import type { Command as Commander } from 'commander';
import type { SettingFlags } from '../../config/settings.js';
import type { BodyPattern } from '../../sender/expectation.js';
import type { Header } from '../../http/header.js';
import type { StatusSet } from '../../http/status-set.js';
import { secretFlags, settingFlags } from '../flags.js';
import { duration, expectedHeader, listOf, pattern, recording, statuses, text } from '../values.js';

/** How a request is made and delivered, and what counts as success. */
export interface DeliveryFlags extends Pick<SettingFlags, 'url' | 'algorithm' | 'timeout' | 'retries'> {
  header?: readonly Header[];
  cacert?: string;
  insecure?: boolean;
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
}

export type Part = (typeof parts)[number];

const parts = ['headers', 'body'] as const;

/** What may be shown of a message on top of its line. */
export const showFlag = (command: Commander): Commander =>
  command.option('--show <parts>', 'headers, body or both, divided by commas', listOf('part', parts));

export function deliveryFlags(command: Commander): Commander {
  settingFlags(command.optionsGroup('Request:'), 'url', 'headers', 'timeout', 'algorithm');
  secretFlags(command)
    .option('--cacert <file>', 'trust the authorities in this file, too', text)
    .option('--insecure', 'trust any certificate')
    .optionsGroup('Delivery:');
  settingFlags(command, 'retries')
    .option('--max-wait <duration>', 'obey Retry-After up to this long (default: 60s)', duration)
    .option('--delay <duration>', 'wait between deliveries', duration)
    .optionsGroup('What counts as success:')
    .option('--expect-status <set>', 'such as 401 or 200,204 (default: 2xx)', statuses)
    .option('--expect-header <name: value>', 'a header of the answer; repeatable', expectedHeader)
    .option('--expect-body <text|/regex/>', 'something in the body of the answer', pattern)
    .option('--max-time <duration>', 'the longest time an answer may take', duration);
  command
    .optionsGroup('Output:')
    .option('--save <file>', 'record requests and answers in this file', recording)
    .option('--fsync', 'Wait until each record is on the disk');
  return showFlag(command);
}
