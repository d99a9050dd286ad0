import { projectFile, type Configuration } from '../../config/configuration.js';
import { secretPlaces, type SecretFlags } from '../../config/secrets.js';
import { partsOf } from '../../config/resolve.js';
import type { SettingFlags } from '../../config/settings.js';
import type { ConnectionFlags } from '../connection/flags.js';
import { remoteOf } from '../connection/remote.js';
import type { Secret } from '../../scheme/secret.js';
import type { Ports } from '../../contract/command.js';

interface Sending {
  name: 'url' | 'forwardTo';
  flags: SettingFlags & SecretFlags & ConnectionFlags;
  /** Undefined if nothing is signed. */
  secret?: Secret | undefined;
}

/** Warns if only the project's file names a remote receiver: somebody else may have written the file. */
export function warnUntrustedTarget(
  { name, flags, secret }: Sending,
  configuration: Configuration,
  { reporting: { caution } }: Pick<Ports, 'reporting'>,
): void {
  const [[, target] = []] = partsOf(name, flags, configuration);
  const url = target?.read();
  const file = projectFile(target?.source, configuration);
  if (file === undefined || !(url instanceof URL) || remoteOf(url, flags) === undefined) return;
  const namesSecret = projectFile(secretPlaces(flags, configuration)?.source, configuration) !== undefined;
  const signed = secret && namesSecret ? `, signed with a secret it names: ${secret.origin}` : '';
  caution(`only ${file} says to send this to ${url.origin}${signed}`);
}
