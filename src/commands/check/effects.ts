import type { Configuration } from '../../config/configuration.js';
import { secretVariables, type SecretFlags } from '../../config/secrets.js';
import type { Need } from '../../conformance/case.js';
import { commandProbe, urlProbe, type Probe } from '../../conformance/effects/probe.js';
import { completionOf } from '../../conformance/effects/program.js';
import { headersFor } from '../../conformance/wait.js';
import type { SuiteOptions } from '../../conformance/run-suite.js';
import type { Environment } from '../../ports.js';
import { writtenSecret, type Secret } from '../../scheme/secret.js';
import type { ProbeSource } from './probe-flag.js';

export interface EffectFlags extends SecretFlags {
  probe?: ProbeSource;
  /** Milliseconds. */
  probeSettle?: number;
  restart?: string;
  /** Milliseconds. */
  wait?: number;
}

/** What these flags provide besides the receiver. */
export const foundNeeds = ({ probe, restart }: EffectFlags): Need[] => [
  ...(probe ? (['probe'] as const) : []),
  ...(restart === undefined ? [] : (['restart'] as const)),
];

interface Surroundings extends Pick<SuiteOptions, 'target' | 'timeout' | 'connecting'> {
  environment: Environment;
  configuration: Configuration;
  secrets: readonly Secret[];
}

/** How long the restart command may take, in milliseconds. */
const usualPatience = 30_000;

/** Returns how to read the application's state, if a probe is given. */
export function effectsFor(flags: EffectFlags, surroundings: Surroundings): SuiteOptions['effects'] {
  const { probe, probeSettle = 2000, restart = '', wait = usualPatience } = flags;
  const { cwd, env } = surroundings.environment;
  return (
    probe && {
      probe: probeFrom(probe, flags, surroundings),
      patience: probeSettle,
      // The application it starts needs the secret.
      restart: signal => completionOf({ command: restart, cwd, env, timeout: wait }, signal),
    }
  );
}

function probeFrom(source: ProbeSource, flags: EffectFlags, { environment, ...surroundings }: Surroundings): Probe {
  const { target, timeout, connecting } = surroundings;
  if (source.kind === 'url')
    return urlProbe({ url: source.url, headersFor: url => headersFor(url, target), timeout, connecting });
  const env = withoutSecrets(environment.env, flags, surroundings);
  return commandProbe({ command: source.command, cwd: environment.cwd, env, timeout });
}

/**
 * Removes every variable whose name or value may be secret. The dotenv file's variables aren't passed at all: its
 * author must not influence the programs started here.
 */
function withoutSecrets(
  env: Environment['env'],
  flags: EffectFlags,
  { configuration, secrets }: Pick<Surroundings, 'configuration' | 'secrets'>,
): Environment['env'] {
  const names = new Set(secretVariables(flags, configuration));
  const texts = secrets.map(secret => writtenSecret(secret).toString());
  const isSecret = (name: string, value: string) => names.has(name) || texts.some(text => value.includes(text));
  return Object.fromEntries(Object.entries(env).filter(([name, value = '']) => !isSecret(name, value)));
}
