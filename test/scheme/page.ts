import { algorithmsOf, type SchemeDefinition, type TimestampDefinition } from '../../src/scheme/definition.js';
import { presetNames, presets, type PresetName } from '../../src/scheme/presets/index.js';

/** Where each vendor describes its scheme. */
const sources: Readonly<Record<PresetName, string>> = {
  fin: 'https://developer.fin.com',
  'standard-webhooks': 'https://github.com/standard-webhooks/standard-webhooks',
  svix: 'https://docs.svix.com/receiving/verifying-payloads/how-manual',
  stripe: 'https://docs.stripe.com/webhooks/signature',
  github: 'https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries',
  slack: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
  shopify: 'https://shopify.dev/docs/apps/build/webhooks/verify-deliveries',
  paddle: 'https://developer.paddle.com/webhooks/signature-verification',
  zoom: 'https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events',
  razorpay: 'https://razorpay.com/docs/webhooks/validate-test/',
  sanity: 'https://www.sanity.io/docs/webhooks',
  convoy: 'https://www.getconvoy.io/docs/product-manual/signatures',
};

const columns = ['Scheme', 'Signature header', 'Signed', 'Digest', 'Tolerance', 'Secret', 'Other headers'];

const table = (): string =>
  [columns, columns.map(() => '---'), ...presetNames.map(name => cellsOf(name, presets[name]))]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

const cellsOf = (name: PresetName, definition: SchemeDefinition): string[] => [
  `[\`${name}\`](${sources[name]})`,
  `\`${definition.signature.header}: ${valueOf(definition)}\``,
  `\`${definition.signed ?? '{body}'}\``,
  `${algorithmsOf(definition).map(name => name === 'ed25519' ? 'ed25519' : `HMAC-${name.toUpperCase()}`).join(', ')}; ${definition.signature.encoding ?? 'hex'}`, // prettier-ignore
  definition.timestamp ? toleranceOf(definition.timestamp) : 'no time is signed',
  definition.secret === 'whsec' ? '`whsec_` and base64' : (definition.secret ?? 'text'),
  otherHeadersOf(definition) || 'none',
];

function otherHeadersOf({ algorithmHeader, timestamp, id, event }: SchemeDefinition): string {
  const places = [id, timestamp, event].map(place => (typeof place === 'object' ? place.header : undefined));
  return [...places, algorithmHeader?.name]
    .filter(name => name !== undefined)
    .map(name => `\`${name}\``)
    .join(', ');
}

/** A header's form, with `…` for the digest. */
function valueOf({ signature, timestamp }: SchemeDefinition): string {
  const { prefix = '', list, pair = '', key = '' } = signature;
  if (list === undefined) return `${prefix}…`;
  const time = timestamp?.key === undefined ? '' : `${timestamp.key}${pair}{timestamp}${list}`;
  return `${time}${key}${pair}${prefix}…`;
}

const units = { s: 'seconds', ms: 'milliseconds', rfc3339: 'RFC 3339' } as const;

function toleranceOf({ past, future, unit = 's' }: TimestampDefinition): string {
  const limits = [past !== null && `${past} old`, future !== null && `${future} ahead`].filter(Boolean).join(', ');
  return `${limits === '' ? 'not checked' : limits}; ${units[unit]}`;
}

/** Returns the expected contents of docs/schemes.md. */
export const page = (): string => `# Signature schemes

\`webhook-cli\` signs and verifies as Fin does, unless you choose another scheme with \`--scheme\` or with the key \`scheme\` in
\`webhook-cli.config.json\`. A scheme is data: which bytes are signed, with which algorithm, and where the signature is.
You can add your own.

Fin signs the raw body, and nothing else, with HMAC-SHA256. The digest is in \`X-Fin-Signature\`, in hex. A second header,
\`X-Fin-Signature-Algorithm\`, may name SHA-384 or SHA-512. Fin signs no time, so a signature never expires.

## The schemes that are included

\`webhook-cli schemes\` lists them. \`webhook-cli schemes stripe\` prints one as JSON.

${table()}

- **Signature header**: how its value looks; \`…\` is the digest. Entries of a list may come in any order. One that matches is
  enough, so you can rotate a secret. Entries of other versions are skipped.
- **Tolerance**: how old a request may be, and how far in the future its time may be. It follows the vendor's own libraries:
  Stripe's, Paddle's and Convoy's don't limit times in the future.
- **Secret**: how its text becomes a key. \`text\` uses the text as it is; that includes the \`whsec_\` of Stripe's secrets.

Some senders use Svix with the headers \`webhook-id\`, \`webhook-timestamp\` and \`webhook-signature\`. For those, use
\`--scheme standard-webhooks\`.

## Add your own

Put it into \`webhook-cli.config.json\` under \`schemes\`. Suppose Acme sends this request, and the secret is \`acme-Key-4711\`:

\`\`\`http
POST /webhooks/acme HTTP/1.1
Acme-Signature: t=1769851800,v1=1b92710baf03bd47c2731fce3de544cc7ab36cc636cd4be5175d1b777f05a534
Acme-Delivery: dlv_1

{"kind":"order.paid"}
\`\`\`

1. Name the header. This is a complete scheme: HMAC-SHA256 of the body, in hex.

   \`\`\`json
   { "schemes": { "acme": { "signature": { "header": "acme-signature" } } } }
   \`\`\`

2. Describe its value. It is a list: \`,\` separates its entries, \`=\` separates a key from its value, and entries with the key
   \`v1\` hold the signature. A single value may have a \`prefix\`, such as \`sha256=\`. For base64, add \`"encoding": "base64"\`.

   \`\`\`json
   { "schemes": { "acme": { "signature": { "header": "acme-signature", "list": ",", "pair": "=", "key": "v1" } } } }
   \`\`\`

3. Say where the time is, and how far from now it may be. \`key\` is an entry of the list; a separate header is
   \`"header": "acme-timestamp"\`. \`null\` means no limit. The \`unit\` is \`s\` unless you say \`ms\` or \`rfc3339\`.

   \`\`\`json
   {
     "schemes": {
       "acme": {
         "signature": { "header": "acme-signature", "list": ",", "pair": "=", "key": "v1" },
         "timestamp": { "key": "t", "past": "5m", "future": "5m" }
       }
     }
   }
   \`\`\`

4. Say what is signed. \`{body}\`, \`{timestamp}\`, \`{id}\`, \`{method}\`, \`{url}\` and \`{header.NAME}\` are replaced by the bytes of the
   request. Everything else is literal. \`{id}\` needs the header of step 5. For a request that was received, \`{url}\` has the host
   and the protocol of \`X-Forwarded-Host\` and \`X-Forwarded-Proto\`, or else of \`Host\` and \`http\`.

5. Add what helps to read deliveries: the \`id\` of the event, which a retry keeps, and the name of the \`event\`. Both are a path
   into the body or a header. \`accepts\` and \`timeout\` are the vendor's rules for responses.

   \`\`\`json
   {
     "schemes": {
       "acme": {
         "signature": { "header": "acme-signature", "list": ",", "pair": "=", "key": "v1" },
         "timestamp": { "key": "t", "past": "5m", "future": "5m" },
         "signed": "{timestamp}.{body}",
         "id": { "header": "acme-delivery" },
         "event": "kind",
         "accepts": "2xx",
         "timeout": "10s"
       }
     }
   }
   \`\`\`

Then try it: \`webhook-cli listen --scheme acme\`, and \`webhook-cli send body.json --scheme acme\` in a second terminal.
To start from a scheme that is close to yours, copy what \`webhook-cli schemes <name>\` prints. A definition that can't work is
refused, with the place of the mistake.

| field | values | default |
| --- | --- | --- |
| \`signature.header\` | a name | required |
| \`signature.encoding\` | \`hex\`, \`base64\`, \`base64url\` | \`hex\` |
| \`signature.prefix\` | text before the digest | none |
| \`signature.list\`, \`pair\`, \`key\` | what separates entries, what separates key and value, the key of signatures; all or none | none |
| \`signature.ed25519\` | the key of entries with an ed25519 signature, for schemes that also have HMAC | none |
| \`algorithm\` | \`hmac-sha1\`, \`hmac-sha256\`, \`hmac-sha384\`, \`hmac-sha512\`, \`ed25519\` | \`hmac-sha256\` |
| \`algorithmHeader\` | \`{ "name": …, "values": [ … ] }\`: a header that names the hash function | none |
| \`secret\` | \`text\`, \`hex\`, \`base64\`, \`whsec\` | \`text\` |
| \`signed\` | a template | \`{body}\` |
| \`timestamp\` | \`key\` or \`header\`; \`past\` and \`future\`, each a duration such as \`5m\` or \`null\` for no limit; \`unit\` | none |
| \`id\`, \`event\` | a path such as \`data.id\`, or \`{ "header": … }\` | none |
| \`accepts\` | statuses that are a success, such as \`2xx\` or \`200,204\` | none |
| \`timeout\` | how long the vendor waits for a response | none |
| \`sample\` | \`body\` and \`headers\` of a delivery to try a receiver with | none |
| \`handshake\` | \`body\` and \`answer\` of the request that a vendor sends before any event | none |

## Keys for ed25519

A private key signs and verifies. A public key only verifies. In \`hex\`, \`base64\` or \`whsec\`, a key is one of these:

| key | bytes |
| --- | --- |
| public | 32, or 44 in DER (SPKI) |
| private | 64: the seed, and the public key behind it; or 48 in DER (PKCS #8) |

With \`whsec\`, a private key starts with \`whsk_\`, a public one with \`whpk_\`, and a secret for HMAC with \`whsec_\`. The prefix also picks
the version: \`standard-webhooks\` signs \`v1a\` with \`whsk_…\` and \`v1\` with \`whsec_…\`. A public key never verifies an HMAC. To make
a pair:

\`\`\`sh
umask 077
openssl genpkey -algorithm ed25519 -out private.pem
echo "whsk_$(openssl pkey -in private.pem -outform der | openssl base64 -A)" > private-key
echo "whpk_$(openssl pkey -in private.pem -pubout -outform der | openssl base64 -A)" > public-key
\`\`\`

For a scheme that uses only ed25519:

\`\`\`json
{
  "schemes": {
    "acme-ed25519": {
      "signature": { "header": "acme-signature", "encoding": "base64" },
      "algorithm": "ed25519",
      "secret": "base64",
      "signed": "{timestamp}.{body}",
      "timestamp": { "header": "acme-timestamp", "past": "5m", "future": "5m" }
    }
  }
}
\`\`\`

## Time and tolerance

- \`send\` signs the current time for every attempt. A retry gets a new time and a new signature, and keeps its id.
- \`listen\` compares a timestamp with its clock. \`verify\` compares it with the time at which the request was recorded. If a file
  has no such time, it isn't checked, and the result says so.
- \`--now <time>\` compares with another time. \`--tolerance <duration>\` replaces the tolerance, and \`--tolerance none\` turns the check off.
- The age is checked only after the signature: a wrong signature with an old time is reported as a wrong signature.
- \`check\` tries old and future times, other ids and lists of signatures on a receiver. \`check --scheme <name> --list\` shows its cases.

## Convoy's variants

\`convoy\` is what Convoy calls advanced signatures, with SHA-256 and hex. Projects can choose otherwise. Simple signatures have no
list and no time. SHA-512 and base64 are two fields. A project with several versions numbers them: set \`key\` to the one you verify.

\`\`\`json
{
  "schemes": {
    "convoy-simple": { "signature": { "header": "x-convoy-signature" } },
    "convoy-sha512": {
      "signature": { "header": "x-convoy-signature", "encoding": "base64", "list": ",", "pair": "=", "key": "v2" },
      "algorithm": "hmac-sha512",
      "signed": "{timestamp},{body}",
      "timestamp": { "key": "t", "past": "5m", "future": null }
    }
  }
}
\`\`\`

## What isn't covered

- RSA and ECDSA, with or without certificates.
- Signatures in the body or in the URL, and bodies that are sorted or normalised before they are signed.
- JSON Web Tokens, OAuth, basic authentication and client certificates. A fixed token in a header isn't a signature, either.

This page is generated, and a test compares it with the schemes.
`;
