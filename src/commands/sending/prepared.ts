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

/** A request that would have been sent. */
export interface PreparedReport {
  type: 'prepared';
  /** 1 for the first. */
  seq: number;
  form: PrintForm;
  method: string;
  url: string;
  headers: readonly Header[];
  bodyBase64: string;
  /** Flags that curl needs for the request. */
  curlFlags: string[];
  /** The proxy that it would go through; the name of a variable, if that has a password as well. */
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

/** Reports the requests that would be sent. One that can't be made doesn't keep the others from being printed. */
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

/** A password is in nothing that is printed. */
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
