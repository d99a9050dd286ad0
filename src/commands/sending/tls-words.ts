/** Says why there is no secure connection to a receiver, and what helps. `code` is OpenSSL's. */
export const tlsWords = ({ host }: URL, code: string): { what: string; hint: string } => ({
  what: problemOf(code),
  hint: hintTo(code, host),
});

/** What helps against a receiver that speaks HTTP/2 alone. */
export const http1Too = 'let it speak HTTP/1.1, too';

/** OpenSSL's codes for an answer that isn't TLS, and for a chain that ends in an unknown authority. */
const notTls = /WRONG_VERSION_NUMBER|^EPROTO$/;
const onlyHttp2 = /NO_APPLICATION_PROTOCOL/;
const wantsCertificate = /CERTIFICATE_REQUIRED/;
const unknownAuthority = /SELF_SIGNED|UNABLE_TO_/;

function hintTo(code: string, host: string): string {
  if (notTls.test(code)) return `does it speak https at all? http://${host} may work`;
  if (unknownAuthority.test(code))
    return 'pass that certificate, or that of its authority, with --cacert; --insecure accepts any';
  if (onlyHttp2.test(code)) return http1Too;
  if (wantsCertificate.test(code)) return 'pass your certificate with --cert, and its private key with --key';
  return /CERT|EXPIRED/.test(code)
    ? 'fix its certificate, or pass --insecure to accept any'
    : 'does it want another version of TLS, or a certificate of yours (--cert, --key)?';
}

function problemOf(code: string): string {
  const [, words] = tlsProblems.find(([pattern]) => pattern.test(code)) ?? [];
  return words ?? 'TLS failed';
}

const tlsProblems: readonly (readonly [RegExp, string])[] = [
  [/DEPTH_ZERO_SELF_SIGNED/, 'its certificate is signed by itself'],
  [unknownAuthority, "its certificate comes from an authority that this machine doesn't know"],
  [onlyHttp2, "it speaks HTTP/2, which this tool doesn't"],
  [wantsCertificate, 'it wants a certificate of yours'],
  [/EXPIRED/, 'its certificate has expired'],
  [/NOT_YET_VALID/, "its certificate isn't valid yet"],
  [/ALTNAME/, 'its certificate is for another host'],
  [notTls, "what answers there doesn't speak TLS"],
];
