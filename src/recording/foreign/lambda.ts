import * as z from 'zod/mini';
import { hasHeader, type Header } from '../../http/header.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { headerObject, headerValue, method, url } from '../parts.js';
import { base64Body, textBody } from '../text-body.js';
import { readObjects } from './objects.js';

const epoch = z.catch(z.optional(z.number()), undefined);

const common = {
  headers: z.nullish(headerObject),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
};

/** The two forms of the payload: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const schema = z.union([
  z.object({
    ...common,
    httpMethod: method,
    path: url,
    multiValueHeaders: z.nullish(headerObject),
    queryStringParameters: z.nullish(z.record(z.string(), z.string())),
    multiValueQueryStringParameters: z.nullish(z.record(z.string(), z.array(z.string()))),
    requestContext: z.nullish(z.object({ requestTimeEpoch: epoch })),
  }),
  z.object({
    ...common,
    rawPath: url,
    rawQueryString: z.nullish(z.string()),
    cookies: z.nullish(z.array(headerValue)),
    requestContext: z.object({ http: z.object({ method }), timeEpoch: epoch }),
  }),
]);

type Event = z.infer<typeof schema>;

/** Reads events that AWS passes to a function, from API Gateway, a function URL, or a load balancer. Throws CaptureError. */
export const readLambda = (bytes: Uint8Array): CaptureEntry[] =>
  readObjects(bytes, { name: 'an event of AWS Lambda', entriesIn: value => [value], schema, read });

function read(event: Event): CapturedRequest {
  const { body, isBase64Encoded } = event;
  const { time, ...head } = headOf(event);
  return {
    ...head,
    ...(isBase64Encoded ? base64Body(body ?? '') : textBody(body ?? '', head.headers)),
    ...(time !== undefined && { receivedAt: new Date(time).toISOString() }),
    findings: [],
  };
}

type RequestHead = Pick<CapturedRequest, 'method' | 'target' | 'headers'> & { time: number | undefined };

function headOf(event: Event): RequestHead {
  if ('rawPath' in event) {
    const { rawPath, rawQueryString, requestContext } = event;
    const target = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;
    return { method: requestContext.http.method, target, headers: headersOf(event), time: timeIn(requestContext.timeEpoch) }; // prettier-ignore
  }
  const { httpMethod, path, multiValueHeaders, headers, requestContext } = event;
  const target = `${path}${queryOf(event)}`;
  return {
    ...{ method: httpMethod, target, headers: multiValueHeaders ?? headers ?? [] },
    time: timeIn(requestContext?.requestTimeEpoch),
  };
}

/** Cookies are in a separate field. */
function headersOf({ headers, cookies }: Extract<Event, { rawPath: string }>): Header[] {
  const others = headers ?? [];
  return cookies?.length && !hasHeader(others, 'cookie') ? [...others, ['cookie', cookies.join('; ')]] : others;
}

function queryOf({ queryStringParameters, multiValueQueryStringParameters }: Extract<Event, { path: string }>): string {
  const given: Record<string, string | string[]> = multiValueQueryStringParameters ?? queryStringParameters ?? {};
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(given)) for (const value of [values].flat()) query.append(name, value);
  return query.size > 0 ? `?${query.toString()}` : '';
}

/** The range of a Date in milliseconds. */
const latest = 8.64e15;

const timeIn = (milliseconds: number | undefined): number | undefined =>
  milliseconds !== undefined && Math.abs(milliseconds) <= latest ? milliseconds : undefined;
