import type { PageInfo } from '../types.js';
import type { Problem } from './source.js';

export const NothingYet = ({ info: { kind, title } }: { info: PageInfo }) =>
  kind === 'listener' ? (
    <div class="nothing">
      <p>
        <strong>No request has arrived yet.</strong>
      </p>
      <p>Each one appears here as soon as it has a response. To send one:</p>
      <pre>webhook-cli send --status APPROVED{urlIn(title)}</pre>
    </div>
  ) : (
    <div class="nothing">
      <p>
        <strong>It has no requests.</strong>
      </p>
    </div>
  );

/** The title names the receiver's address. */
function urlIn(title: string): string {
  const [url] = /https?:\/\/[\w.:[\]-]+\S*/.exec(title) ?? [];
  return url === undefined ? '' : ` --url ${url}`;
}

export const NothingFound = () => (
  <div class="nothing">
    <p>
      <strong>No request matches the filter.</strong>
    </p>
  </div>
);

/** What failed, and what to do about it. */
export const Trouble = ({ problem: { message, hint } }: { problem: Problem }) => (
  <div class="problem" role="alert">
    <strong>{`${message.charAt(0).toUpperCase()}${message.slice(1)}.`}</strong>
    {hint !== undefined && <p>{`${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`}</p>}
  </div>
);
