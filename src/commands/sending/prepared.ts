import type { DeliveryRequest } from '../../sender/attempt.js';
import { curlCommand, type CurlProxy } from '../../sender/formats/curl.js';
import type { Header } from '../../http/header.js';
import type { Sign } from '../../sender/request.js';
import type { Route } from '../../sender/route.js';
import type { Delivery } from '../../sender/sender.js';
import type { ConnectionFlags } from '../connection/flags.js';
import { routesBy } from '../connection/read.js';
import { hostAndPort } from '../connection/remote.js';
import { httpMessage } from '../../sender/formats/http-message.js';
import type { Ports, Style, Verdict } from '../../contract/command.js';
import { CommandError } from '../../errors.js';
import { shownDocument } from '../views/shown-document.js';

export type PrintForm = 'http' | 'curl' | 'json';

/** A request to print instead of sending it. */
export interface PreparedReport {
  type: 'prepared';
  /** 1 for the first. */
  seq: number;
  form: PrintForm;
  method: string;
  url: string;
  headers: readonly Header[];
  bodyBase64: string;
  /** Flags that curl needs to send it. */
  curlFlags: string[];
  /** The proxy it would go through, or the name of its variable if that contains a password. */
  proxy?: CurlProxy;
}

const preparedReport = (
  { method, url, headers, body }: DeliveryRequest,
  facts: Pick<PreparedReport, 'seq' | 'form' | 'curlFlags' | 'proxy'>,
): PreparedReport => ({
  type: 'prepared',
  ...facts,
  method,
  url: url.href,
  headers,
  bodyBase64: Buffer.from(body).toString('base64'),
});

export function viewPrepared(
  { form, method, url, headers, bodyBase64, curlFlags: flags, proxy }: PreparedReport,
  style: Style,
): Uint8Array {
  const body = Buffer.from(bodyBase64, 'base64');
  const request: DeliveryRequest = { method, url: new URL(url), headers, body };
  switch (form) {
    case 'curl':
      return Buffer.from(`${curlCommand(request, { flags, proxy })}\n`);
    case 'json':
      return Buffer.from(`${JSON.stringify({ method, url, headers, bodyBase64 })}\n`);
    case 'http':
      return shownDocument(httpMessage(request), style);
  }
}

/** Reports the requests without sending them. If one can't be made, the others are still printed. */
export async function printPrepared(
  deliveries: Iterable<Delivery>,
  { form, sign, flags }: { form: PrintForm; sign: Sign; flags: ConnectionFlags },
  { reporting, environment }: Pick<Ports<PreparedReport>, 'reporting' | 'environment'>,
): Promise<Verdict> {
  const curlFlags = curlFlagsOf(flags);
  const routeOf = form === 'curl' ? await routesBy(flags, environment) : undefined;
  let seq = 0;
  for (const { plan } of deliveries) {
    if (environment.signal.aborted) break;
    seq += 1;
    try {
      const request = sign(await plan());
      await reporting.report(preparedReport(request, { seq, form, curlFlags, ...proxyIn(routeOf?.(request.url)) }));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      reporting.fail(error);
    }
  }
  return 'positive';
}

/** Never prints a password. */
function proxyIn(route: Route | undefined): Pick<PreparedReport, 'proxy'> {
  if (route?.kind !== 'proxy') return {};
  const { proxy, source, authorization } = route;
  return { proxy: authorization === undefined ? { url: proxy.origin } : { variable: source } };
}

function curlFlagsOf({ cacert, cert, key, insecure, connectTo, unixSocket }: ConnectionFlags): string[] {
  const values = {
    ...{ '--cacert': cacert, '--cert': cert, '--key': key, '--unix-socket': unixSocket },
    '--connect-to': connectTo && `::${hostAndPort(connectTo)}`,
  };
  return [
    ...Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(insecure ? ['--insecure'] : []),
  ];
}
