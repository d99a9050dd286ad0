import type { SchemeFlags } from '../../config/scheme.js';
import type { SecretFlags } from '../../config/secrets.js';
import type { Header } from '../../http/header.js';
import type { HashName } from '../../scheme/definition.js';
import type { Tolerance } from '../../scheme/timestamp.js';
import type { SelectionFlags } from '../input/selection-options.js';

export interface VerifyOptions extends SecretFlags, SchemeFlags, SelectionFlags {
  file: readonly string[];
  body?: string;
  signature?: string;
  algorithm?: HashName;
  header?: readonly Header[];
  now?: Date;
  tolerance?: Tolerance;
}
