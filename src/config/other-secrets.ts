import type { Secret } from '../scheme/secret.js';
import { levelsOf, sourceOfVariable, type PlacedLevel } from './configuration.js';
import { existingDevelopmentSecret } from './development-secret.js';
import { secretsFromFile, secretsFromVariable, type SecretPorts } from './secrets.js';

/**
 * Returns the known secrets that aren't in use: those of other profiles, WEBHOOK_SECRET, and the development
 * secret. One of them may have made a signature that doesn't match. Leaves out secrets that can't be read.
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
