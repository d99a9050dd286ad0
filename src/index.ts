/**
 * The core, for programs that receive, send and verify webhooks without a command line. Nothing here touches the process, and
 * neither a command nor a terminal is loaded with it.
 */
export type { Clock } from './ports.js';
export type { Header } from './http/header.js';
export { statusSet, type StatusSet } from './http/status-set.js';
export type { SchemeDefinition } from './scheme/definition.js';
export type { Message } from './scheme/message.js';
export { Scheme, type Signing, type SignatureReason, type Verification } from './scheme/scheme.js';
export { schemes } from './scheme/schemes.js';
export { createSecret, type Secret } from './scheme/secret.js';
export { generateEvents } from './event/maker.js';
export { loadInspector, type Inspect, type Inspection } from './event/inspect.js';
export type { ReceiverEvent, ReceiverSubscriber } from './receiver/events.js';
export { createReceiver, type Receiver, type ReceiverOptions } from './receiver/receiver.js';
export type { SenderEvent, SenderSubscriber } from './sender/events.js';
export { createHttpClient } from './sender/http-client.js';
export { createRequestMaker } from './sender/request.js';
export { Sender, type SenderOptions } from './sender/sender.js';
