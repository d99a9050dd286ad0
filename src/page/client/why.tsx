import type { ComponentChildren } from 'preact';
import type { VerificationReport } from '../../exchange/verification.js';
import type { Diagnosis } from '../../scheme/explain/diagnosis.js';
import type { PageExchange } from '../types.js';
import { Foreign } from './foreign.js';
import { reasonWords, signs, verdictNames, verdictOf, type VerdictKind } from './verdict.js';

/** Whether a request was accepted; why it wasn't; and what to do about it. The first thing that a reader looks for. */
export function Why({ exchange }: { exchange: PageExchange }) {
  const kind = kindOf(exchange);
  const reason = reasonOf(exchange);
  return (
    <section class={`why ${kind}`} aria-label="Verdict">
      <h3>
        <span class={`badge ${kind}`}>
          <span aria-hidden="true">{signs[kind]}</span> {verdictNames[kind]}
        </span>
        {reason !== undefined && (
          <code>
            <Foreign text={reason} />
          </code>
        )}
      </h3>
      <Facts signature={exchange.whole.signature} reason={reason} />
    </section>
  );
}

/** A cause says more than the reason does. */
function Facts({ signature, reason = '' }: { signature: VerificationReport | null; reason: string | undefined }) {
  const words = signature?.diagnosis?.found ? undefined : reasonWords(reason);
  return (
    <dl>
      {words !== undefined && <Fact name="Why">{words}</Fact>}
      {!signature && <Fact name="Signature">It isn't checked: there is no secret.</Fact>}
      {signature && <Explanation signature={signature} />}
      {signature?.valid && <SignedWith signature={signature} />}
    </dl>
  );
}

/** What was said when it came counts; else what a check says now. */
function kindOf({ verdict, whole: { signature } }: PageExchange): VerdictKind {
  const { kind } = verdictOf(verdict);
  if (kind !== 'unchecked' || !signature) return kind;
  return signature.valid === null ? 'unsure' : signature.valid ? 'valid' : 'refused';
}

function reasonOf({ verdict, whole: { signature } }: PageExchange): string | undefined {
  if (verdict?.isAccepted === true) return verdict.reason === undefined ? undefined : (signature?.reason ?? undefined);
  return verdict?.reason ?? signature?.reason;
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function SignedWith({ signature: { secret, algorithm, isTimeChecked } }: { signature: VerificationReport }) {
  return (
    <>
      <Fact name="Signed">
        with <Foreign text={secret ?? 'a secret'} />
        {algorithm !== undefined && <span class="faint"> ({algorithm})</span>}
      </Fact>
      {isTimeChecked === false && <Fact name="Note">Its age wasn't checked: the capture has no time.</Fact>}
    </>
  );
}

function Explanation({ signature: { diagnosis, looksLike, signedAt, findings } }: { signature: VerificationReport }) {
  return (
    <>
      {looksLike !== undefined && (
        <Fact name="Cause">
          It looks like <Foreign text={looksLike} />: try <code>--scheme {looksLike}</code>.
        </Fact>
      )}
      {signedAt !== undefined && <Fact name="Signed at">{signedAt}</Fact>}
      {diagnosis && <Causes diagnosis={diagnosis} />}
      {findings.includes('surplus-bytes') && <Fact name="Note">Bytes beyond its length were left out.</Fact>}
    </>
  );
}

function Causes({ diagnosis }: { diagnosis: Diagnosis }) {
  if (!diagnosis.found) {
    const words = searchedWords(diagnosis);
    return words === undefined ? null : <Fact name="Cause">{words}</Fact>;
  }
  const { findings, origin, secrets } = diagnosis;
  const fixes = [...new Set(findings.map(({ remedy }) => remedy))];
  return (
    <>
      {findings.map(({ id, words }) => (
        <Fact key={id} name="Cause">
          <strong>{sentence(words)}</strong>
        </Fact>
      ))}
      {(secrets > 1 || findings.some(({ id }) => id === 'another-secret')) && (
        <Fact name="Secret">
          <Foreign text={origin} />
        </Fact>
      )}
      {fixes.map(fix => (
        <Fact key={fix} name="Fix">
          {sentence(fix)}
        </Fact>
      ))}
    </>
  );
}

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

function searchedWords({ tried, isComplete, isEmpty }: Extract<Diagnosis, { found: false }>): string | undefined {
  if (!isComplete && tried === 0) return 'The time to look for causes was used up.';
  if (isEmpty) return 'The body is empty: nothing was sent, or it was read before it was captured.';
  if (tried === 0) return undefined;
  return isComplete
    ? `No common mistake explains it (${tried} signatures tried).`
    : `The ${tried} signatures that were tried don't explain it, and trying every common mistake would take too long.`;
}
