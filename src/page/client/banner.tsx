import type { PageInfo } from '../types.js';
import { Foreign } from './foreign.js';
import type { Connection } from './source.js';

const words: Record<Exclude<Connection, 'still'>, string> = {
  live: 'Live',
  reconnecting: 'Reconnecting…',
  lost: 'Not connected',
};

interface BannerProps {
  info: PageInfo;
  connection: Connection;
  onHelp: () => void;
}

/** What the page is about, and whether it is up to date. */
export const Banner = ({ info: { title, scheme, kind }, connection, onHelp }: BannerProps) => (
  <header class="banner">
    <h1>
      webhook-cli <span class="what"><Foreign text={title} /></span>
    </h1>
    <span class="faint scheme">scheme <Foreign text={scheme} /></span>
    {kind === 'listener' && connection !== 'still' && (
      <span class={`connection ${connection}`} role="status">{words[connection]}</span>
    )}
    {connection === 'still' && <span class="connection still">{kind === 'recording' ? 'Recording' : 'Snapshot'}</span>}
    <button type="button" class="plain" aria-label="Keys" aria-keyshortcuts="?" onClick={onHelp}>Keys <kbd aria-hidden="true">?</kbd></button>
  </header>
); // prettier-ignore
