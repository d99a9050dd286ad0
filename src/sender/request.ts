import { hasHeader, valuesOf, type Header } from '../http/header.js';
import { newId, type Clock } from '../ports.js';
import type { Algorithm } from '../scheme/definition.js';
import type { Scheme } from '../scheme/scheme.js';
import type { Secret } from '../scheme/secret.js';
import type { DeliveryRequest } from './attempt.js';

/** A request without its signature, which each attempt adds. An unsigned one is complete. */
export interface DeliveryPlan extends DeliveryRequest {
  /** The id of the event, the same for all attempts; undefined if the scheme has none. */
  id?: string | undefined;
  /** The number of `headers` before those of the signature. */
  signaturePosition: number;
}

export interface SigningOptions {
  scheme: Scheme;
  /** Undefined: unsigned. */
  signing: { secret: Secret; algorithm?: Algorithm | undefined } | undefined;
  clock: Clock;
}

/** Makes the request for one attempt. */
export type Sign = (plan: DeliveryPlan) => DeliveryRequest;

/** Returns a function that signs a plan with the time of the call, if the scheme has a time. */
export function createSigner({ scheme, signing, clock }: SigningOptions): Sign {
  if (!signing) return plan => plan;
  const { timestamp, id } = scheme.definition;
  // A load has millions of requests, so constant parts are made only once.
  const constant = { ...signing, now: new Date(0), id: undefined };
  const detailsOf =
    timestamp || id
      ? (plan: DeliveryPlan) => ({ ...signing, now: timestamp ? clock.now() : constant.now, id: plan.id })
      : () => constant;
  return plan => {
    const { method, url, target, body, transfer } = plan;
    const headers = plan.headers.toSpliced(plan.signaturePosition, 0, ...scheme.sign(plan, detailsOf(plan)));
    return { method, url, target, headers, body, transfer };
  };
}

/**
 * Returns the id of a delivery in a scheme with ids; undefined in others. If `recorded` headers have an id, returns
 * that one, otherwise a new one.
 */
export function deliveryId({ definition }: Scheme, clock: Clock, recorded: readonly Header[] = []): string | undefined {
  if (typeof definition.id !== 'object') return undefined;
  return valuesOf(definition.id.header.toLowerCase(), recorded)[0] ?? newId(clock);
}

export interface RequestMakerOptions extends SigningOptions {
  url: URL;
  /** The user's own headers, which take precedence over the defaults. */
  headers: readonly Header[];
  /** The version of this program. */
  version: string;
}

/** Makes requests for bodies, as a webhook sender would. */
export interface RequestMaker {
  /** `id` is for schemes with an id header; default: a new one. */
  plan: (body: Uint8Array, id?: string) => DeliveryPlan;
  sign: Sign;
  /** Plans and signs in one step. */
  make: (body: Uint8Array, id?: string) => DeliveryRequest;
}

export function createRequestMaker({ url, headers: own, version, ...options }: RequestMakerOptions): RequestMaker {
  const { scheme, signing, clock } = options;
  const usual: Header[] = [
    ['content-type', 'application/json'],
    ['user-agent', `webhook-cli/${version}`],
  ];
  const ours = usual.filter(([name]) => !hasHeader(own, name));
  const headers = [...ours, ...own];
  const signaturePosition = ours.length;
  const sign = createSigner(options);
  const plan = (body: Uint8Array, id?: string): DeliveryPlan => ({
    method: 'POST',
    url,
    headers,
    body,
    id: signing && (id ?? deliveryId(scheme, clock)),
    signaturePosition,
  });
  return { plan, sign, make: (body, id) => sign(plan(body, id)) };
}
