import { useMemo, useRef, useState } from 'preact/hooks';
import { Announcement, useAnnouncer } from './announcer.js';
import type { Panel } from './actions.js';
import { Banner } from './banner.js';
import { Detail } from './detail.js';
import { Trouble } from './empty.js';
import { Help } from './help.js';
import { useExchange, useKeys } from './hooks.js';
import { ListPane } from './list-pane.js';
import { useReplays } from './replays.js';
import { useSelection } from './selection.js';
import type { Source } from './source.js';
import { useRequests } from './use-requests.js';

/** The list of requests, one of them in detail, and the keys for both. */
export function App({ source }: { source: Source }) {
  const { info } = source;
  const requests = useRequests(source);
  const { announced, announce } = useAnnouncer(requests.stored.list.all);
  const field = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const selection = useSelection(requests.shown, heading);
  const { exchange, problem } = useExchange(source, selection.selected);
  const replays = useReplays(source, announce);
  const [panel, setPanel] = useState<Panel>();
  const [isHelping, setHelping] = useState(false);
  const toggle = (wanted: Panel) => (): void => {
    setPanel(panel === wanted ? undefined : wanted);
  };
  const replay = (isSigned: boolean) => (): void => {
    // Only the request on screen is sent.
    const isShown = exchange !== undefined && exchange.index === selection.selected;
    if (isShown && exchange.method && info.target !== null && (info.canSign || !isSigned)) replays.send(exchange.index, { isSigned });
  };
  useKeys({
    j: selection.next,
    k: selection.previous,
    Enter: selection.enter,
    r: replay(false),
    s: replay(true),
    e: toggle('edit'),
    d: toggle('difference'),
    '/': () => field.current?.focus(),
    '?': () => { setHelping(true); },
    Escape() {
      if (panel === undefined || document.activeElement?.closest('.filters')) selection.leave();
      setPanel(undefined);
    },
  });
  // Memoised: a growing list doesn't change it, and its body may be long.
  const detail = useMemo(() => exchange && <Detail key={exchange.index} {...{ info, source, exchange, replays, panel, announce, heading }} onPanel={setPanel} />, [source, exchange, replays, panel]);
  return (
    <div class={`app ${selection.isOpen ? 'is-open' : ''}`}>
      <Banner info={info} connection={requests.stored.connection} onHelp={() => { setHelping(true); }} />
      <ListPane {...{ info, requests, selection, field }} />
      <section class="detail" aria-label="Request">
        <button type="button" class="back plain" onClick={selection.leave}>← All requests</button>
        {problem && <Trouble problem={problem} />}
        {detail}
      </section>
      <Announcement {...announced} />
      {isHelping && <Help onClose={setHelping} />}
    </div>
  );
} // prettier-ignore
