import type { PageExchange, PageInfo } from '../types.js';
import { textIn } from './bytes.js';
import { copy, download } from './clipboard.js';

export type Panel = 'edit' | 'difference';

export interface ActionsProps {
  info: PageInfo;
  exchange: PageExchange;
  bytes: Uint8Array<ArrayBuffer>;
  panel: Panel | undefined;
  onReplay: (isSigned: boolean) => void;
  onPanel: (panel: Panel) => void;
  announce: (words: string) => void;
}

/** What can be done with a request. */
export function Actions({ info, exchange, bytes, panel, onReplay, onPanel, announce }: ActionsProps) {
  const text = textIn(bytes);
  const copied = (what: string, value: string) => () => {
    void copy(value).then(isDone => {
      announce(isDone ? `${what} copied` : 'The browser blocked the copy');
    });
  };
  return (
    <div class="actions">
      {info.target !== null && (
        <div role="group" aria-label="Send again">
          <Button keyName="r" onClick={() => { onReplay(false); }}>Replay</Button>
          {info.canSign && <Button keyName="s" onClick={() => { onReplay(true); }}>Re-sign &amp; replay</Button>}
          {info.canSign && text !== undefined && (
            <Button keyName="e" isOpen={panel === 'edit'} onClick={() => { onPanel('edit'); }}>Edit…</Button>
          )}
        </div>
      )}
      <div role="group" aria-label="View or export">
        <Button keyName="d" isOpen={panel === 'difference'} onClick={() => { onPanel('difference'); }}>Difference</Button>
        {text !== undefined && bytes.length > 0 && <Button onClick={copied('Body', text)}>Copy body</Button>}
        {exchange.curl !== '' && <Button onClick={copied('Command line', exchange.curl)}>Copy as curl</Button>}
        <Button onClick={() => { download(bytes, `request-${exchange.index}.bin`); }}>Download</Button>
      </div>
      {info.target !== null && (
        <p class="faint">
          Replays go to <code>{info.target}</code>
          {!info.canSign && '; there is no secret to sign them with'}.
        </p>
      )}
    </div>
  );
} // prettier-ignore

interface ButtonProps {
  /** The keyboard shortcut. */
  keyName?: string;
  /** Whether the panel that it toggles is open. */
  isOpen?: boolean;
  onClick: () => void;
  children: string | string[];
}

const Button = ({ keyName, isOpen, onClick, children }: ButtonProps) => (
  <button
    type="button"
    {...(isOpen !== undefined && { 'aria-expanded': isOpen })}
    {...(keyName !== undefined && { 'aria-keyshortcuts': keyName })}
    onClick={onClick}
  >
    {children}
    {keyName !== undefined && <kbd aria-hidden="true">{keyName}</kbd>}
  </button>
);
