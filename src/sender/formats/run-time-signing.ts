import type { HashName } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import { compileTemplate, isReference, piecesOf } from '../../scheme/template.js';
import type { DeliveryPlan } from '../request.js';

/** A part of the signed content: one that differs between requests, or a text. */
type Piece = { part: 'id' | 'timestamp' | 'body' } | { text: string };

/** How a script signs when it sends: the parts of a scheme's definition that it needs. It has no secret. */
export interface RunTimeSigning {
  hash: string;
  encoding: string;
  /** How the text of the secret becomes a key. */
  secret: string;
  signed: Piece[];
  unit: string;
  /** The headers, with `{id}`, `{timestamp}` and `{digest}` as placeholders. */
  headers: Record<string, string>;
}

/** Whether a scheme signs the time, so that a signature made in advance would expire. */
export const signsAtRunTime = ({ definition }: Scheme): boolean => definition.timestamp !== undefined;

/** Returns how a script signs requests like `plan`. The scripts' engines don't have ed25519. */
export function runTimeSigning(scheme: Scheme, algorithm: HashName, plan: DeliveryPlan): RunTimeSigning {
  const { signature, timestamp, id } = scheme.definition;
  return {
    hash: algorithm,
    encoding: signature.encoding ?? 'hex',
    secret: scheme.secrets.encoding,
    signed: piecesOf(scheme.definition.signed ?? '{body}').map(piece => pieceOf(piece, plan)),
    unit: timestamp?.unit ?? 's',
    headers: {
      ...(typeof id === 'object' && { [id.header.toLowerCase()]: '{id}' }),
      ...(timestamp?.header !== undefined && { [timestamp.header.toLowerCase()]: '{timestamp}' }),
      [scheme.signatureHeader]: scheme.form.write('{digest}', { timestamp: '{timestamp}', isEd25519: false }),
      ...(scheme.algorithmHeader !== undefined && { [scheme.algorithmHeader]: algorithm }),
    },
  };
}

function pieceOf(piece: string, plan: DeliveryPlan): Piece {
  const name = isReference(piece) ? piece.slice(1, -1) : undefined;
  if (name === 'id' || name === 'timestamp' || name === 'body') return { part: name };
  // Method, URL and headers are the same for all requests.
  const [part] = compileTemplate(piece);
  const bytes = Buffer.from(part?.(plan, { timestamp: '', id: '' }) ?? '');
  return { text: bytes.toString() };
}

/**
 * Returns the lines of a script that make the headers of a signature: `signatureHeaders(id, body)`. Before them, the script has
 * to define `secretText`, `base64Bytes(text)` and `digestOf(hash, key, parts, encoding)`.
 */
export const signingSource = (signing: RunTimeSigning): string => `
// How requests are signed: ${Object.keys(signing.headers).join(', ')}.
const scheme = ${JSON.stringify(signing, undefined, 2)};

${keySource[signing.secret] ?? keySource['text'] ?? ''}
const writeTime = {
  s: time => String(Math.floor(time.getTime() / 1000)),
  ms: time => String(time.getTime()),
  rfc3339: time => time.toISOString(),
};

function signatureHeaders(id, body) {
  const timestamp = writeTime[scheme.unit](new Date());
  const parts = { id, timestamp, body };
  const signed = scheme.signed.map(piece => (piece.part ? parts[piece.part] : piece.text));
  const values = { id, timestamp, digest: digestOf(scheme.hash, key, signed, scheme.encoding) };
  const write = text => text.replace(/\\{(id|timestamp|digest)\\}/g, (_, name) => values[name]);
  return Object.fromEntries(Object.entries(scheme.headers).map(([name, value]) => [name, write(value)]));
}
`;

const keySource: Readonly<Record<string, string>> = {
  text: 'const key = secretText;\n',
  hex: `if (!/^(?:[\\da-f]{2})+$/i.test(secretText)) throw new Error("the secret isn't hexadecimal");
const key = Uint8Array.from(secretText.match(/../g), byte => Number.parseInt(byte, 16)).buffer;
`,
  base64: 'const key = base64Bytes(secretText);\n',
  whsec: `if (/^wh[sp]k_/.test(secretText)) throw new Error("this script signs with HMAC, and the secret is a key for ed25519");
const key = base64Bytes(secretText.replace(/^whsec_/, ''));
`,
};
