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
  /** False: the environment's proxies are ignored. */
  proxy?: boolean | undefined;
}

/** The flags for connections to a receiver. */
export const connectionFlags = (command: Commander): Commander =>
  command
    .optionsGroup(connectionTopic.group)
    .option('--cacert <file>', 'Also trust the CA certificates in this PEM file', text)
    .option('--cert <file>', 'Client certificate (PEM); needs --key', text)
    .option('--key <file>', 'Private key of --cert (PEM)', text)
    .option('--insecure', "Don't verify the receiver's certificate")
    .option('--connect-to <host:port>', "Connect to this address instead of the URL's", hostAndPort)
    .option('--unix-socket <path>', 'Connect through this Unix socket', offering({ isFile: true }, text))
    .option('--no-proxy', 'Ignore HTTP_PROXY and HTTPS_PROXY');

/** Rules between these flags. */
export const connectionRules: readonly FlagRule[] = [
  { flag: '--cert', needs: '--key', hint: 'add --key with the private key of the certificate' },
  { flag: '--key', needs: '--cert', hint: 'add --cert with the certificate of this key' },
  { conflict: ['--connect-to', '--unix-socket'], hint: 'both set where to connect: pass one of them' },
];
