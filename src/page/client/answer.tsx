import { useMemo } from 'preact/hooks';
import type { ForwardedFacts, PageExchange } from '../types.js';
import { counted } from '../../text/words.js';
import { Body } from './body.js';
import { bytesIn, sizeText } from './bytes.js';
import { Foreign } from './foreign.js';
import { Headers } from './headers.js';
import { answerClass } from './row.js';
import { spanText } from './times.js';

const who = { receiver: 'by the receiver itself', application: 'by the application', plan: 'as planned' };

/** What the sender got, and what the application behind the receiver said. */
export function Answer({ exchange }: { exchange: PageExchange }) {
  const { answer, forwarded, whole } = exchange;
  if (!answer) return <p class="faint">Unknown: it isn't in the recording.</p>;
  const { status, by, milliseconds } = answer;
  return (
    <>
      <p>
        <Status status={status} />
        {by !== undefined && <span> {who[by]}</span>}
        {milliseconds !== undefined && <span class="faint"> in {spanText(milliseconds)}</span>}
      </p>
      {forwarded && <Forwarded facts={forwarded} />}
      {whole.answer && <Message label="response" {...whole.answer} />}
    </>
  );
}

export const Status = ({ status }: { status: number | null }) => (
  <strong class={`code-of ${answerClass(status)}`}>{status ?? 'No response'}</strong>
);

const Forwarded = ({ facts: { url, status, milliseconds, failure } }: { facts: ForwardedFacts }) => (
  <p>
    The application at <Foreign text={url} />{' '}
    {status === null ? (
      <>
        did not respond
        {failure !== undefined && (
          <>
            : <Foreign text={failure} />
          </>
        )}
      </>
    ) : (
      <>
        returned <Status status={status} />
      </>
    )}
    <span class="faint"> in {spanText(milliseconds)}</span>
  </p>
);

interface MessageProps {
  label: string;
  headers: PageExchange['whole']['headers'];
  bodyBase64: string;
  isWhole: boolean;
}

export function Message({ label, headers, bodyBase64, isWhole }: MessageProps) {
  const bytes = useMemo(() => bytesIn(bodyBase64), [bodyBase64]);
  return (
    <>
      {bytes.length > 0 && <Body label={label} bytes={bytes} />}
      {!isWhole && <p class="note">The rest was cut off.</p>}
      <details>
        <summary>
          {counted(headers.length, 'header')}, {sizeText(bytes.length)}
        </summary>
        <Headers headers={headers} />
      </details>
    </>
  );
}
