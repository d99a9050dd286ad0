import type { Inspecting } from '../exchange/exchange.js';
import type { Clock } from '../ports.js';
import { pageAssets } from './assets.js';
import { createDesk } from './desk.js';
import type { LiveSource } from './live-source.js';
import { createReplayer, type ReplayOptions, type ReplayTarget } from './replayer.js';
import type { Service } from './routes.js';
import { listenLocally, serve, usualPageLimits, type PageLimits } from './server.js';
import { createSession } from './session.js';
import type { PageSource } from './source.js';
import { createStreams } from './streams.js';

export interface PageOptions {
  /** 0 for any free port. */
  port: number;
  title: string;
  /** The requests of a running receiver, or of a recording. */
  requests: { live: LiveSource } | { recording: PageSource };
  inspecting: Inspecting;
  target: ReplayTarget | undefined;
  /** Where the shown curl commands send requests if nothing can be replayed. */
  url: URL;
  findSigning: ReplayOptions['findSigning'];
  clock: Clock;
  /** This package's folder; its build contains the page. */
  packageRoot: URL;
  onBug: (error: unknown) => void;
  limits?: Partial<PageLimits> | undefined;
}

/** A page that is being served. */
export interface Page {
  /** Has the token that opens the page in its fragment. */
  url: string;
  /** Ends all connections, and closes the source. */
  close: () => Promise<void>;
}

/** Serves the page on its own port of 127.0.0.1. Fails with the system's errors if it can't listen there. */
export async function openPage(options: PageOptions): Promise<Page> {
  const { requests, inspecting, target, clock, limits, onBug } = options;
  const live = 'live' in requests ? requests.live : undefined;
  const source = 'live' in requests ? requests.live : requests.recording;
  const assets = await pageAssets(options.packageRoot);
  const listening = await listenLocally(options.port, { ...usualPageLimits, ...limits });
  const session = createSession(clock, listening.port);
  const streams = createStreams();
  const replayer = createReplayer({ ...options, scheme: inspecting.scheme });
  live?.follow(({ report }) => {
    if (report) streams.add(report);
  });
  serve(
    listening,
    {
      ...{ source, session, streams, replayer, assets, info: infoOf(options, replayer) },
      after: live && (position => live.after(position).flatMap(({ report }) => report ?? [])),
      desk: createDesk({ source, inspecting, target: target ?? { url: options.url }, clock }),
    },
    onBug,
  );
  return {
    url: `http://127.0.0.1:${listening.port}/#${session.token}`,
    async close() {
      streams.close();
      const closed = new Promise(resolve => listening.server.close(resolve));
      listening.server.closeAllConnections();
      await closed;
      await replayer.close();
      await source.close();
    },
  };
}

const infoOf =
  ({ title, requests, inspecting }: PageOptions, replayer: Service['replayer']): Service['info'] =>
  async () => ({
    title,
    kind: 'live' in requests ? 'listener' : 'recording',
    scheme: inspecting.scheme.name,
    target: replayer.target,
    canSign: await replayer.canSign(),
  });
