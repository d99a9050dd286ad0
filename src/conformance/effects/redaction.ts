import { secretMaterial, type Secret } from '../../scheme/secret.js';
import type { ObservationFailure } from './look.js';
import { excerpt, excerptsOf, onOneLine } from './state.js';

/** Returns a function that redacts a secret from a text, in every spelling that programs print. */
export function redactionOf(secret: Secret): (text: string) => string {
  const spellings = secretMaterial(secret).flatMap(bytes => [
    bytes.toString(),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
  ]);
  return text => spellings.reduce((left, spelling) => left.replaceAll(spelling, '{secret}'), text);
}

/** Returns the failure with the part of the probe's output that may be shown. */
export function redactedFailure(failure: ObservationFailure, redact: (text: string) => string): ObservationFailure {
  if ('words' in failure) return { ...failure, words: excerpt(onOneLine(redact(failure.words))) };
  if (failure.kind !== 'unsettled') return failure;
  const [one, other] = failure.outputs;
  const { before, after } = excerptsOf(redact(one), redact(other));
  return { ...failure, outputs: [before, after] };
}
