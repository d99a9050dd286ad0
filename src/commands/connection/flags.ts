import type { Command as Commander } from 'commander';
import type { FlagRule } from '../../contract/flag-rules.js';
import { offering } from '../../contract/completion-values.js';
import { hostAndPort, text, type HostAndPort } from '../../contract/values.js';
import { connectionTopic } from '../index.js';

export interface ConnectionFlags {
  cacert?: string | undefined;
  /** Both, or neither. */
  cert?: string | undefined;
  key?: string | undefined;
  insecure?: boolean | undefined;
  connectTo?: HostAndPort | undefined;
  unixSocket?: string | undefined;
  /** False: the environment's proxies aren't heeded. */
  proxy?: boolean | undefined;
}

/** The flags for connections to a receiver. */
export const connectionFlags = (command: Commander): Commander =>
  command
    .optionsGroup(connectionTopic.group)
    .option('--cacert <file>', 'Also trust the authorities in this file (PEM)', text)
    .option('--cert <file>', 'Show this certificate (PEM); needs --key', text)
    .option('--key <file>', 'The private key of --cert (PEM)', text)
    .option('--insecure', 'Accept any certificate')
    .option('--connect-to <host:port>', 'Connect there; the request stays as it is', hostAndPort)
    .option('--unix-socket <path>', 'Connect to this Unix socket', offering({ isFile: true }, text))
    .option('--no-proxy', 'Ignore HTTP_PROXY and HTTPS_PROXY');

/** What has to hold between these flags. */
export const connectionRules: readonly FlagRule[] = [
  { flag: '--cert', needs: '--key', hint: 'the receiver wants a proof that the certificate is yours' },
  { flag: '--key', needs: '--cert', hint: 'the receiver identifies you by the certificate' },
  { conflict: ['--connect-to', '--unix-socket'], hint: 'either of them is where the connection goes' },
];
