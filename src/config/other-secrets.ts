import type { Secret } from '../scheme/secret.js';
import { levelsOf, sourceOfVariable, type PlacedLevel } from './configuration.js';
import { existingDevelopmentSecret } from './development-secret.js';
import { secretsFromFile, secretsFromVariable, type SecretPorts } from './secrets.js';

/**
 * Returns the secrets that are known here besides those in use: of other profiles, of WEBHOOK_SECRET, and the development
 * secret. A signature that doesn't match may have been made with one of them. What can't be read is left out.
 */
export async function otherSecrets(used: readonly Secret[], ports: SecretPorts): Promise<Secret[]> {
  const { configuration } = ports;
  const quiet: SecretPorts = { ...ports, reporting: { warn: () => undefined } };
  const levels = [...levelsOf(configuration), ...(configuration.others ?? [])];
  const found = await Promise.all([
    orNone(() => secretsFromVariable(usualVariable, sourceOfVariable(usualVariable, configuration), quiet)),
    ...levels.flatMap(level => secretsIn(level, quiet)),
    existingDevelopmentSecret(ports, configuration.scheme?.secrets).then(secret => (secret ? [secret] : [])),
  ]);
  const others: Secret[] = [];
  for (const secret of found.flat())
    if (![...used, ...others].some(({ key }) => key.equals(secret.key))) others.push(secret);
  return others;
}

const usualVariable = 'WEBHOOK_SECRET';

const secretsIn = ({ secretFile, secretEnv, source }: PlacedLevel, ports: SecretPorts): Promise<Secret[]>[] => [
  ...(secretFile === undefined ? [] : [orNone(() => secretsFromFile(secretFile, source, ports))]),
  ...(secretEnv === undefined ? [] : [orNone(() => secretsFromVariable(secretEnv, source, ports))]),
];

const orNone = async (read: () => Secret[] | Promise<Secret[]>): Promise<Secret[]> => {
  try {
    return await read();
  } catch {
    return [];
  }
};
