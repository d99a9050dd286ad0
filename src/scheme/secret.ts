import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { SecretEncoding, SecretForm } from './definition.js';
import { ed25519Key, fromSeed, rawPublicKey } from './ed25519.js';

export interface Secret {
  /**
   * Made once: HMAC takes a KeyObject faster than bytes, and printing it doesn't show its content. For ed25519, a private
   * key signs and verifies, and a public key only verifies.
   */
  key: KeyObject;
  /** For ed25519, the key that verifies. */
  publicKey?: KeyObject;
  /** The text that the secret was written as, if that isn't the key itself. */
  text?: KeyObject;
  /** Where the secret came from, in words that may be shown. */
  origin: string;
}

export const textSecrets: SecretForm = { encoding: 'text', ed25519: 'never' };

/**
 * Makes a secret from its text in UTF-8. Throws UsageError for anything but text, for an empty secret, and for a text
 * that isn't in the form of the scheme's secrets.
 */
export function createSecret(bytes: Uint8Array, origin: string, form: SecretForm = textSecrets): Secret {
  const text = secretText(bytes, origin);
  if (form.encoding === 'text') return secretFromKey(Buffer.from(text), origin);
  if (text === '') throw emptySecret(origin);
  const { key, isForEd25519 } = decodeSecret(text, form, origin);
  const secret = isForEd25519 ? ed25519Secret(key, origin) : secretFromKey(key, origin);
  return { ...secret, text: createSecretKey(Buffer.from(text)) };
}

function ed25519Secret(bytes: Buffer, origin: string): Secret {
  const { key, publicKey } = ed25519Key(bytes, origin);
  return { key, publicKey, origin };
}

/** Returns the bytes of the text that a secret was written as. */
export const writtenSecret = ({ text, key }: Secret): Buffer => (text ?? key).export();

/** Returns all bytes that a program may print of a secret: its text as it was written, and its key. */
export function secretMaterial({ text, key }: Secret): Buffer[] {
  const seed = key.type === 'private' ? Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url') : undefined;
  return [text?.export(), key.type === 'secret' ? key.export() : seed].filter(bytes => bytes !== undefined);
}

/**
 * Makes a secret from the bytes of its key. Throws UsageError for an empty key, and for one of NULs alone: HMAC pads keys
 * with NULs, so it equals the empty key, which anybody can sign with.
 */
export function secretFromKey(bytes: Uint8Array, origin: string): Secret {
  if (bytes.every(byte => byte === 0)) throw emptySecret(origin);
  return { key: createSecretKey(bytes), origin };
}

/** Decodes the text of a secret, without its byte order mark. Throws UsageError if it isn't UTF-8. */
export function secretText(bytes: Uint8Array, origin: string): string {
  if (hasUtf16Mark(bytes)) throw notText(origin, 'is UTF-16 text');
  if (bytes.includes(0)) throw notText(origin, 'has a NUL byte in it');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notText(origin, "isn't UTF-8 text");
  }
}

export const emptySecret = (origin: string): UsageError =>
  new UsageError(`the secret from ${origin} is empty`, { hint: 'is the variable or file the right one?' });

/**
 * Throws UsageError for a variable with U+FFFD in it: Node puts it in place of invalid UTF-8, so the real secret is
 * already lost.
 */
export function refuseReplacedBytes(value: string, origin: string): void {
  if (value.includes('\ufffd')) throw notText(origin, "isn't UTF-8 text");
}

const hasUtf16Mark = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const notText = (origin: string, what: string): UsageError =>
  new UsageError(`the secret from ${origin} ${what}`, {
    hint: 'save it as UTF-8 text; in PowerShell: Set-Content -Encoding ascii -NoNewline',
  });

interface DecodedSecret {
  key: Buffer;
  isForEd25519: boolean;
}

function decodeSecret(text: string, { encoding, ed25519 }: SecretForm, origin: string): DecodedSecret {
  if (encoding === 'whsec') return decodeWhsec(text, ed25519, origin);
  const key = decoded(text, encoding === 'hex' ? 'hex' : 'base64');
  if (!key)
    throw new UsageError(`the secret from ${origin} isn't ${encoding}, which this scheme's secrets are written in`, {
      hint: 'copy it once more, without quotes or spaces around it; or is it for another scheme?',
    });
  return { key, isForEd25519: ed25519 === 'always' };
}

/** The possible prefixes, and whether the key is then for ed25519. */
const whsecPrefixes: readonly (readonly [prefix: string, isForEd25519: boolean])[] = [
  ['whsec_', false],
  ['whsk_', true],
  ['whpk_', true],
];

function decodeWhsec(text: string, ed25519: SecretForm['ed25519'], origin: string): DecodedSecret {
  if (/^v\d+a?,/.test(text))
    throw new UsageError(`the secret from ${origin} has a version in front, as signatures do`, {
      hint: 'remove everything before whsec_',
    });
  const found = whsecPrefixes.find(([prefix]) => text.startsWith(prefix));
  const [prefix, isForEd25519] = found ?? ['', ed25519 === 'always'];
  refuseOtherKind(isForEd25519, ed25519, origin);
  const key = decoded(text.slice(prefix.length), 'base64');
  if (!key)
    throw new UsageError(`the secret from ${origin} isn't base64 after ${prefix === '' ? 'whsec_' : prefix}`, {
      hint: "copy all of it from the sender's dashboard, without quotes or spaces; or is it for another scheme?",
    });
  return { key, isForEd25519 };
}

function refuseOtherKind(isForEd25519: boolean, ed25519: SecretForm['ed25519'], origin: string): void {
  if (isForEd25519 && ed25519 === 'never')
    throw new UsageError(`the secret from ${origin} is an ed25519 key, which this scheme doesn't use`, {
      hint: 'its secret starts with whsec_',
    });
  if (!isForEd25519 && ed25519 === 'always')
    throw new UsageError(`the secret from ${origin} is for HMAC, and this scheme uses ed25519`, {
      hint: 'a private key starts with whsk_, a public one with whpk_',
    });
}

/** Returns undefined for a text in another encoding: Node's own decoders silently stop at unknown characters. */
function decoded(text: string, encoding: 'hex' | 'base64'): Buffer | undefined {
  if (encoding === 'hex') return /^(?:[\da-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '') ? bytes : undefined;
}

/** Makes a secret in a scheme's own form from any text. Throws UsageError for an empty one. */
export function secretInForm(text: string, origin: string, { encoding, ed25519 }: SecretForm): Secret {
  if (encoding === 'text' || text === '') return createSecret(Buffer.from(text), origin);
  if (ed25519 !== 'always')
    return createSecret(Buffer.from(writeSecret(text, encoding)), origin, { encoding, ed25519 });
  const { key, publicKey, bytes } = fromSeed(createHash('sha256').update(text).digest());
  const prefix = encoding === 'whsec' ? 'whsk_' : '';
  const written = prefix + bytes.toString(encoding === 'hex' ? 'hex' : 'base64');
  return { key, publicKey, text: createSecretKey(Buffer.from(written)), origin };
}

function writeSecret(text: string, encoding: Exclude<SecretEncoding, 'text'>): string {
  const bytes = Buffer.from(text);
  return encoding === 'whsec' ? `whsec_${bytes.toString('base64')}` : bytes.toString(encoding);
}

/** Returns the public key of an ed25519 private key, as the scheme writes it; undefined for other secrets. */
export function publicKeyText({ key, publicKey }: Secret, { encoding }: SecretForm): string | undefined {
  if (key.type !== 'private' || !publicKey) return undefined;
  const bytes = rawPublicKey(publicKey);
  return encoding === 'whsec'
    ? `whpk_${bytes.toString('base64')}`
    : bytes.toString(encoding === 'hex' ? 'hex' : 'base64');
}
