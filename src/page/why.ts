import type { VerificationReport, InconclusiveReason } from '../exchange/verification.js';
import type { VerdictFinding } from '../exchange/reports.js';
import { inconclusiveWords, searchWords, unexplainedFix } from '../exchange/words.js';
import type { Refusal } from '../receiver/assessment.js';
import type { ProtocolError } from '../receiver/received-request.js';
import { protocolErrorWords } from '../receiver/protocol-words.js';
import type { Diagnosis } from '../scheme/explain/diagnosis.js';
import type { SignatureReason } from '../scheme/scheme.js';
import { signatureWords } from '../scheme/words.js';
import type { Fact, Why } from './types.js';
import { kindOf, type VerdictKind } from '../exchange/verdict.js';

interface Judged {
  verdict: VerdictFinding | null;
  /** The result of a check now; undefined without a secret. */
  signature: VerificationReport | undefined;
  /** Problems of the body. */
  problems: readonly Fact[];
  isRequest: boolean;
}

/** Explains whether a request was accepted, why not, and what to do about it. */
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

/** The verdict from when it arrived counts, and otherwise that of a check now. */
function whole(kind: VerdictKind, signature: VerificationReport | undefined): VerdictKind {
  if (kind !== 'unchecked' || !signature) return kind;
  return signature.valid === null ? 'unsure' : signature.valid ? 'valid' : 'refused';
}

function reasonOf(verdict: VerdictFinding | null, signature: VerificationReport | undefined): string | undefined {
  if (verdict?.isAccepted === true) return verdict.reason === undefined ? undefined : signature?.reason;
  return verdict?.reason ?? signature?.reason;
}

/** Undefined for a reason unknown to this version. */
function reasonWords(reason = '', scheme: string | undefined): string | undefined {
  const known = Object.hasOwn(clauses, reason) ? clauses[reason as keyof typeof clauses] : undefined;
  return known ?? signatureWords(reason as SignatureReason, scheme);
}

const clauses: Record<Refusal | ProtocolError['reason'] | InconclusiveReason | 'schema' | 'not-verified', string> = {
  ...inconclusiveWords,
  ...protocolErrorWords,
  schema: "its body doesn't fit the schema of its event",
  'not-verified': "signatures weren't checked when it arrived",
  'wrong-path': "its path isn't the one the receiver serves",
  'wrong-method': 'its method is not POST',
  'from-browser': 'it came from a page in a browser',
  loop: 'it had already passed through this listener',
  'wrong-target': 'the application has no such path',
  'not-saved': "it couldn't be saved, so it wasn't accepted",
  'internal-error': 'the receiver failed while handling it',
  'body-too-large': 'its body is larger than the receiver accepts',
  'too-many-bodies': 'the receiver was reading too many bodies at once',
};

const nowBad = "it was valid when it arrived, but its signature doesn't match any secret that webhook-cli has now";

function signatureFacts(signature: VerificationReport, kind: VerdictKind): Fact[] {
  const { diagnosis, signedAt, findings, valid, reason } = signature;
  const fix = diagnosis?.found ? undefined : unexplainedFix(reason, signature);
  const facts: (Fact | false | undefined)[] = [
    kind === 'valid' && valid === false && fact('Now', nowBad),
    signedAt !== undefined && fact('Signed at', signedAt),
    ...(diagnosis ? causesIn(diagnosis) : []),
    fix !== undefined && fact('Fix', fix),
    findings.includes('surplus-bytes') && fact('Note', 'the bytes after the end of its body were ignored'),
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
    const words = searchWords(diagnosis);
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
