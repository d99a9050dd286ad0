import type { Why as WhyFacts } from '../types.js';
import { Foreign } from './foreign.js';
import { signs, verdictNames } from './verdict.js';

/** Whether a request was accepted, why not, and what to do about it: the first thing that a reader looks for. */
export const Why = ({ why: { kind, reason, looksLike, facts } }: { why: WhyFacts }) => (
  <section class={`why ${kind}`} aria-label="Verdict">
    <h3>
      <span class={`badge ${kind}`}>
        <span aria-hidden="true">{signs[kind]}</span> {verdictNames[kind]}
      </span>
      {reason && (
        <code>
          <Foreign text={reason} />
        </code>
      )}
    </h3>
    <dl>
      {looksLike && (
        <div>
          <dt>Cause</dt>
          <dd>
            It looks like <Foreign text={looksLike} />: try{' '}
            <code>
              --scheme <Foreign text={looksLike} />
            </code>
            .
          </dd>
        </div>
      )}
      {facts.map(({ name, words }) => (
        <div class={name}>
          <dt>{name}</dt>
          <dd>
            <Foreign text={words} />
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
