import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { oneLine, plainLines } from '../../text/visible.js';
import { LoadCharts } from './charts.js';
import type { Fact, FoundCause } from '../about.js';
import type { PageFailure, PageGroup, PageItem, ReportPage } from './page.js';
import { style } from './style.js';

/** Returns a page that shows a report without network, scripts or fonts. */
export const renderPage = (page: ReportPage): string => `<!doctype html>\n${renderToString(<Page page={page} />)}\n`;

/** Allows only this style, even if foreign text should ever become markup. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

function Page({ page }: { page: ReportPage }) {
  const { title, isGood, verdict, facts, causes, failures, groups, load } = page;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${isGood ? '✔' : '✘'} ${oneLine(title)}`}</title>
        {/* Browsers don't unescape the content of a style element, so it must not be escaped; it is a constant. */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <header>
          <h1>{oneLine(title)}</h1>
          <p class={`verdict ${isGood ? 'passed' : 'failed'}`}>
            <Mark outcome={isGood ? 'passed' : 'failed'} /> {oneLine(verdict)}
          </p>
          <Facts facts={facts} />
        </header>
        <main>
          <Section title="Causes" items={causes}>
            {causes.map(cause => (
              <Cause cause={cause} />
            ))}
          </Section>
          {load && <LoadCharts load={load} />}
          <Section title="What went wrong" items={failures}>
            {failures.map(failure => (
              <Failure failure={failure} />
            ))}
          </Section>
          <Section title="Everything" items={groups}>
            {groups.map(group => (
              <Group group={group} />
            ))}
          </Section>
        </main>
      </body>
    </html>
  );
}

function Section({
  title,
  items,
  children,
}: {
  title: string;
  items: readonly unknown[];
  children: ComponentChildren;
}) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Cause({ cause: { words, fix, explains } }: { cause: FoundCause }) {
  return (
    <article class="cause">
      <p class="words">{sentence(words)}</p>
      <p>
        <b>Fix</b> {sentence(fix)}
      </p>
      <p class="explains">
        <b>Explains</b>{' '}
        {explains.map((name, index) => (
          <>
            {index > 0 && ', '}
            <a href={`#${idOf(name)}`}>{oneLine(name)}</a>
          </>
        ))}
      </p>
    </article>
  );
}

function Failure({ failure: { name, isWarning, facts, blocks } }: { failure: PageFailure }) {
  return (
    <article class="failure" id={idOf(name)}>
      <h3>
        <Mark outcome={isWarning ? 'warning' : 'failed'} /> {oneLine(name)}
      </h3>
      <Facts facts={facts} />
      {blocks.map(([title, text]) => (
        <details>
          <summary>{oneLine(title)}</summary>
          <pre tabIndex={0}>{plainLines(text).join('\n')}</pre>
        </details>
      ))}
    </article>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl>
      {facts.map(([name, value]) => (
        <div>
          <dt>{oneLine(name)}</dt>
          <dd>{oneLine(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Group({ group: { name, items } }: { group: PageGroup }) {
  const bad = items.filter(({ outcome }) => outcome === 'failed' || outcome === 'warning').length;
  const words = bad === 0 ? `${items.length}` : `${items.length}, ${bad} to look at`;
  return (
    <details open={bad > 0}>
      <summary>
        {oneLine(name)} <span class="faint">{words}</span>
      </summary>
      <ul>
        {items.map(item => (
          <Item item={item} />
        ))}
      </ul>
    </details>
  );
}

function Item({ item: { name, outcome, message } }: { item: PageItem }) {
  return (
    <li>
      <Mark outcome={outcome} /> {oneLine(name)}
      {message !== undefined && <span class="faint"> {oneLine(message)}</span>}
    </li>
  );
}

function Mark({ outcome }: { outcome: PageItem['outcome'] }) {
  return (
    <span class={`mark ${outcome}`} role="img" aria-label={outcome}>
      {marks[outcome]}
    </span>
  );
}

const marks: Record<PageItem['outcome'], string> = { passed: '✔', failed: '✘', warning: '!', skipped: '–' };

const sentence = (words: string): string => {
  const text = oneLine(words);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?)]$/.test(text) ? '' : '.'}`;
};

/** Ids of cases need no change; other names are simplified. */
const idOf = (name: string): string => `failure-${name.replace(/[^\w-]+/g, '-')}`;
