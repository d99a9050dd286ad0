import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { PageExchange, PageInfo } from '../types.js';
import { Actions, type Panel } from './actions.js';
import { Answer } from './answer.js';
import { Body } from './body.js';
import { bytesIn, sizeText, textIn } from './bytes.js';
import { Difference } from './difference.js';
import { Editor } from './editor.js';
import { Foreign } from './foreign.js';
import { Headers } from './headers.js';
import { ReplayResults, type Replays } from './replays.js';
import type { Source } from './source.js';
import { dayText } from './times.js';
import { Why } from './why.js';

interface DetailProps {
  info: PageInfo;
  source: Source;
  exchange: PageExchange;
  replays: Replays;
  panel: Panel | undefined;
  onPanel: (panel: Panel | undefined) => void;
  announce: (words: string) => void;
  /** The heading's id; the heading takes the focus when a request is opened. */
  heading: RefObject<HTMLHeadingElement | null>;
}

/** One request in full: the verdict and its reason first, then the data. */
export function Detail({ info, source, exchange, replays, panel, onPanel, announce, heading }: DetailProps) {
  const { index, whole } = exchange;
  const bytes = useMemo(() => bytesIn(whole.bodyBase64), [whole.bodyBase64]);
  const text = useMemo(() => textIn(bytes), [bytes]);
  // Each request starts scrolled to its top.
  useLayoutEffect(() => heading.current?.closest('.detail')?.scrollTo(0, 0), []);
  const sendAgain = (isSigned: boolean, body?: Uint8Array): void => {
    replays.send(index, { isSigned, ...(body && { body }) });
  };
  return (
    <article class="request">
      <Title exchange={exchange} heading={heading} />
      <Why why={exchange.why} />
      {exchange.method && (
        <>
          <Actions
            info={info}
            exchange={exchange}
            bytes={bytes}
            panel={panel}
            onReplay={sendAgain}
            onPanel={wanted => {
              onPanel(panel === wanted ? undefined : wanted);
            }}
            announce={announce}
          />
          {panel === 'edit' && info.canSign && text !== undefined && (
            <Editor
              text={text}
              draft={replays.drafts.get(index)}
              onDraft={draft => replays.drafts.set(index, draft)}
              onSend={body => { sendAgain(true, body); }}
              onClose={() => { onPanel(undefined); }}
            />
          )}
          <ReplayResults sent={replays.of(index)} />
          {panel === 'difference' && <Difference source={source} exchange={exchange} />}
          <Section name="Body" size={sizeText(bytes.length)}>
            <Body label="body" bytes={bytes} marks={exchange.marks} />
          </Section>
          <Section name="Headers" size={String(whole.headers.length)}>
            <Headers headers={whole.headers} />
          </Section>
        </>
      )}
      <Section name="Response">
        <Answer exchange={exchange} />
      </Section>
    </article>
  );
} // prettier-ignore

function Title({ exchange, heading }: Pick<DetailProps, 'exchange' | 'heading'>) {
  const { index, method, target, event, receivedAt } = exchange;
  const facts: [string, string | undefined][] = [
    ['Status', event.status],
    ['Event id', event.id],
    ['Customer', event.referenceId],
    ['Scheme', event.scheme],
  ];
  return (
    <header class="title">
      <h2 ref={heading} tabIndex={-1}>
        <span class="faint">#{index}</span> <Foreign text={event.type ?? (method ? 'Request' : 'Not a request')} />
      </h2>
      <p>
        <code>
          {method} <Foreign text={target} />
        </code>
        {receivedAt !== undefined && (
          <span class="faint">
            {' '}
            at <time dateTime={receivedAt} title={receivedAt}>{dayText(receivedAt)}</time>
          </span>
        )}
      </p>
      <dl class="facts">
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Foreign text={value} />
              </dd>
            </div>
          ),
        )}
      </dl>
    </header>
  );
} // prettier-ignore

interface SectionProps {
  name: string;
  size?: string;
  children: ComponentChildren;
}

const Section = ({ name, size, children }: SectionProps) => (
  <section aria-label={name}>
    <h3>
      {name}
      {size !== undefined && <span class="faint"> {size}</span>}
    </h3>
    {children}
  </section>
);
