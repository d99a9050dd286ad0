/** Says why there is no secure connection to a receiver, and what to do. `code` is OpenSSL's. */
export const tlsWords = ({ host }: URL, code: string): { what: string; hint: string } => ({
  what: problemOf(code),
  hint: hintTo(code, host),
});

/** The hint for a receiver that speaks only HTTP/2. */
export const http1Too = 'enable HTTP/1.1 on it, too';

/** OpenSSL's codes for a response that isn't TLS, and for a chain that ends in an unknown authority. */
const notTls = /WRONG_VERSION_NUMBER|^EPROTO$/;
const onlyHttp2 = /NO_APPLICATION_PROTOCOL/;
const wantsCertificate = /CERTIFICATE_REQUIRED/;
const unknownAuthority = /SELF_SIGNED|UNABLE_TO_/;

function hintTo(code: string, host: string): string {
  if (notTls.test(code)) return `does it speak https at all? try http://${host}`;
  if (unknownAuthority.test(code))
    return "pass that certificate, or its authority's, with --cacert; --insecure accepts any";
  if (onlyHttp2.test(code)) return http1Too;
  if (wantsCertificate.test(code)) return 'pass your certificate with --cert, and its private key with --key';
  return /CERT|EXPIRED/.test(code)
    ? 'fix its certificate, or pass --insecure to accept any'
    : 'does it need another version of TLS, or a client certificate (--cert, --key)?';
}

function problemOf(code: string): string {
  const [, words] = tlsProblems.find(([pattern]) => pattern.test(code)) ?? [];
  return words ?? 'TLS failed';
}

const tlsProblems: readonly (readonly [RegExp, string])[] = [
  [/DEPTH_ZERO_SELF_SIGNED/, 'its certificate is self-signed'],
  [unknownAuthority, "its certificate comes from an authority that this machine doesn't know"],
  [onlyHttp2, "it speaks HTTP/2, which this tool doesn't"],
  [wantsCertificate, 'it requires a client certificate'],
  [/EXPIRED/, 'its certificate has expired'],
  [/NOT_YET_VALID/, "its certificate isn't valid yet"],
  [/ALTNAME/, 'its certificate is for another host'],
  [notTls, "the port doesn't speak TLS"],
];
