import type { SchemeFlags } from '../../config/scheme.js';
import type { SecretFlags } from '../../config/secrets.js';
import type { SettingFlags } from '../../config/settings.js';
import type { Range } from '../../recording/select.js';
import type { SelectionFlags } from '../input/selection-options.js';
import type { WebFlags } from '../page/flags.js';

export interface InspectOptions extends SelectionFlags, SecretFlags, SchemeFlags, WebFlags, Pick<SettingFlags, 'url'> {
  file?: string;
  /** Positions of the requests to show in full. */
  n?: readonly Range[];
  diff?: boolean;
  /** The file to write the page to. */
  html?: string;
}
