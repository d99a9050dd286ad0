import type { Command as Commander } from 'commander';
import type { FlagRule } from '../../contract/flag-rules.js';
import { text } from '../../contract/values.js';
import { connectionTopic } from '../index.js';

export interface ConnectionFlags {
  cacert?: string | undefined;
  /** Both, or neither. */
  cert?: string | undefined;
  key?: string | undefined;
  insecure?: boolean | undefined;
}

/** The flags for connections to a receiver. */
export const connectionFlags = (command: Commander): Commander =>
  command
    .optionsGroup(connectionTopic.group)
    .option('--cacert <file>', 'Also trust the authorities in this file (PEM)', text)
    .option('--cert <file>', 'Show this certificate (PEM); needs --key', text)
    .option('--key <file>', 'The private key of --cert (PEM)', text)
    .option('--insecure', 'Accept any certificate');

/** What has to hold between these flags. */
export const connectionRules: readonly FlagRule[] = [
  { flag: '--cert', needs: '--key', hint: 'the receiver wants a proof that the certificate is yours' },
  { flag: '--key', needs: '--cert', hint: 'the receiver identifies you by the certificate' },
];
