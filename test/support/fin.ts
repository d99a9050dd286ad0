import type { Header } from '../../src/http/header.js';
import type { Algorithm } from '../../src/scheme/definition.js';
import { diagnose as diagnoseIn, type Diagnosis } from '../../src/scheme/explain/diagnose.js';
import { schemes } from '../../src/scheme/schemes.js';
import type { Verification } from '../../src/scheme/scheme.js';
import type { Secret } from '../../src/scheme/secret.js';

/** A short form of Fin's scheme: its headers have one value each, and only the body is signed. */
export const signatureHeader = 'x-fin-signature';
export const algorithmHeader = 'x-fin-signature-algorithm';
export const { algorithms } = schemes.fin;

export const requestOf = (body: Uint8Array, headers: readonly Header[] = []) => ({ method: 'POST', headers, body });

const now = new Date(0);

export const sign = (body: Uint8Array, secret: Secret, algorithm?: Algorithm): string =>
  schemes.fin.signature(requestOf(body), { secret, algorithm, now });

export const signatureHeaders = (body: Uint8Array, secret: Secret, algorithm?: Algorithm): Header[] =>
  schemes.fin.sign(requestOf(body), { secret, algorithm, now });

export const verify = (body: Uint8Array, headers: readonly Header[], secrets: readonly Secret[]): Verification =>
  schemes.fin.verify(requestOf(body, headers), secrets);

export const diagnose = (
  { body, headers }: { body: Uint8Array; headers: readonly Header[] },
  secrets: readonly Secret[],
): Diagnosis | undefined => diagnoseIn(requestOf(body, headers), { secrets }, schemes.fin);
