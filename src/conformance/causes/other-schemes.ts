import { UsageError } from '../../errors.js';
import type { Scheme } from '../../scheme/scheme.js';
import { schemes } from '../../scheme/schemes.js';
import { createSecret, writtenSecret, type Secret } from '../../scheme/secret.js';
import { sampleHeaders } from '../bodies.js';
import type { Kit } from '../kit.js';
import type { Probe } from './cause.js';

/** Deliveries signed with the same secret, but under other schemes. */
export function* otherSchemeProbes(kit: Kit): Generator<Probe> {
  for (const other of Object.values(schemes)) {
    const secret = other.name === kit.scheme.name ? undefined : secretFor(other, kit);
    if (!secret) continue;
    const body = kit.body();
    const message = { method: 'POST', url: kit.target.url, headers: sampleHeaders(other, []), body };
    const headers = other.sign(message, { secret, now: kit.clock.now(), id: kit.newId() });
    yield {
      cause: {
        id: 'expects-another-scheme',
        words: `it verifies signatures of ${other.name}, not of ${kit.scheme.name}`,
        fix: `if ${other.name} is its sender, check it under that scheme; otherwise verify ${kit.scheme.signatureHeader}`,
      },
      delivery: { method: 'POST', headers: [...message.headers, ...headers], body },
    };
  }
}

/** Undefined if the secret isn't valid for that scheme. */
function secretFor({ secrets: form }: Scheme, { secret }: Kit): Secret | undefined {
  try {
    return createSecret(writtenSecret(secret), 'a probe', form);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
