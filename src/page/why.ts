import type { VerificationReport, InconclusiveReason } from '../exchange/verification.js';
import type { VerdictFinding } from '../exchange/reports.js';
import type { Refusal } from '../receiver/assessment.js';
import type { ProtocolError } from '../receiver/received-request.js';
import type { Diagnosis } from '../scheme/explain/diagnosis.js';
import type { SignatureReason } from '../scheme/scheme.js';
import { signatureWords } from '../scheme/words.js';
import { grouped } from '../text/words.js';
import type { Fact, Why } from './types.js';
import { kindOf, type VerdictKind } from '../exchange/verdict.js';

interface Judged {
  verdict: VerdictFinding | null;
  /** What a check says now; undefined without a secret. */
  signature: VerificationReport | undefined;
  /** What is wrong with the body. */
  problems: readonly Fact[];
  isRequest: boolean;
}

/** Whether a request was accepted; why it wasn't; and what to do about it. */
export function whyOf(judged: Judged): Why {
  const { verdict, signature } = judged;
  const reason = reasonOf(verdict, signature);
  const kind = whole(kindOf(verdict), signature);
  return {
    kind,
    ...(reason !== undefined && { reason }),
    ...(signature?.looksLike !== undefined && { looksLike: signature.looksLike }),
    facts: factsOf(judged, { kind, reason }),
  };
}

/** A cause says more than the reason does. */
function factsOf(
  { signature, problems, isRequest }: Judged,
  { kind, reason }: Pick<Why, 'kind'> & { reason: string | undefined },
): Fact[] {
  const words = signature?.diagnosis?.found ? undefined : reasonWords(reason, signature?.event.scheme);
  const unchecked = isRequest ? [fact('Signature', "it isn't checked: there is no secret")] : [];
  return [
    ...(words === undefined ? [] : [fact('Why', words)]),
    ...problems,
    ...(signature ? signatureFacts(signature, kind) : unchecked),
  ];
}

const fact = (name: string, clause: string): Fact => ({ name, words: sentence(clause) });

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

/** What was said when it came counts; else what a check says now. */
function whole(kind: VerdictKind, signature: VerificationReport | undefined): VerdictKind {
  if (kind !== 'unchecked' || !signature) return kind;
  return signature.valid === null ? 'unsure' : signature.valid ? 'valid' : 'refused';
}

function reasonOf(verdict: VerdictFinding | null, signature: VerificationReport | undefined): string | undefined {
  if (verdict?.isAccepted === true) return verdict.reason === undefined ? undefined : signature?.reason;
  return verdict?.reason ?? signature?.reason;
}

/** Undefined for a reason that this version doesn't know. */
function reasonWords(reason = '', scheme: string | undefined): string | undefined {
  const known = Object.hasOwn(sentences, reason) ? sentences[reason as keyof typeof sentences] : undefined;
  return known ?? signatureWords(reason as SignatureReason, scheme);
}

const sentences: Record<Refusal | ProtocolError['reason'] | InconclusiveReason | 'schema' | 'not-verified', string> = {
  'body-incomplete': 'its body was cut short, so its signature says nothing',
  'body-not-exact': 'its capture may have changed the body, so a mismatch says nothing',
  schema: "its body doesn't fit the schema of its event",
  'not-verified': "signatures weren't checked when it came",
  'wrong-path': 'it asked for a path that the receiver does not serve',
  'wrong-method': 'it came with a method other than POST',
  'from-browser': 'it came from a page in a browser',
  loop: 'it was forwarded in a circle',
  'wrong-target': "the application can't be asked for what it asked for",
  'not-saved': "it couldn't be saved, so it wasn't accepted",
  'internal-error': 'the receiver failed on it',
  'body-too-large': 'its body is larger than the receiver takes',
  'too-many-bodies': 'the receiver was reading too many bodies at once',
  'not-http': "it isn't an HTTP request",
  tls: 'an HTTPS client came to this HTTP port',
  http2: "its client speaks HTTP/2, which the receiver doesn't",
  ambiguous: 'two servers could read it in two ways',
  connect: 'it asks for a proxy (CONNECT)',
  'headers-too-large': 'its headers are larger than the receiver takes',
  'too-slow': 'it took too long to come',
  'too-many-requests': 'there were more requests at once than the receiver can hold',
};

function signatureFacts(signature: VerificationReport, kind: VerdictKind): Fact[] {
  const { diagnosis, signedAt, findings, valid } = signature;
  const facts: (Fact | false | undefined)[] = [
    kind === 'valid' && valid === false && fact('Now', 'it was valid when it came. With the secrets that webhook-cli has now, its signature does not match'), // prettier-ignore
    signedAt !== undefined && fact('Signed at', signedAt),
    ...(diagnosis ? causesIn(diagnosis) : []),
    findings.includes('surplus-bytes') && fact('Note', 'bytes beyond its length were left out'),
    ...(valid === true ? signedWith(signature) : []),
  ];
  return facts.filter(each => each !== false && each !== undefined);
}

function signedWith({ secret = 'a secret', algorithm, isTimeChecked }: VerificationReport): Fact[] {
  const signed = fact('Signed', `with ${secret}${algorithm === undefined ? '' : ` (${algorithm})`}`);
  const note = fact('Note', "its age wasn't checked: the capture has no time");
  return isTimeChecked === false ? [signed, note] : [signed];
}

function causesIn(diagnosis: Diagnosis): Fact[] {
  if (!diagnosis.found) {
    const words = searchedWords(diagnosis);
    return words === undefined ? [] : [fact('Cause', words)];
  }
  const { findings, origin, secrets } = diagnosis;
  const isNamed = secrets > 1 || findings.some(({ id }) => id === 'another-secret');
  return [
    ...findings.map(({ words }) => fact('Cause', words)),
    ...(isNamed ? [fact('Secret', origin)] : []),
    ...Array.from(new Set(findings.map(({ remedy }) => remedy)), fix => fact('Fix', fix)),
  ];
}

function searchedWords({ tried, isComplete, isEmpty }: Extract<Diagnosis, { found: false }>): string | undefined {
  if (!isComplete && tried === 0) return 'the time to look for causes was used up';
  if (isEmpty) return 'the body is empty: nothing was sent, or it was read before it was captured';
  if (tried === 0) return undefined;
  return isComplete
    ? `no common mistake explains it (${grouped(tried)} signatures tried)`
    : `the ${grouped(tried)} signatures that were tried don't explain it, and trying every common mistake would take too long`;
}
