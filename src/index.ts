/**
 * Sign, verify, send and receive webhooks in a program or a test. Nothing here touches the process, the environment or the
 * console, and each part is loaded when it is first used.
 */
export type { Clock } from './ports.js';
export {
  CommandError as WebhookError,
  ConnectionError,
  InputError,
  InvalidValueError,
  LocalError,
  UnknownNameError,
  UsageError,
} from './errors.js';
export type { Header } from './http/header.js';
export type { Cause } from './conformance/causes/cause.js';
export type { Algorithm, HashName, SchemeDefinition } from './scheme/definition.js';
export type { Finding } from './scheme/explain/hypothesis.js';
export type { PresetName as SchemeName } from './scheme/presets/index.js';
export type { SignatureReason } from './scheme/scheme.js';
export type { Unmet } from './sender/expectation.js';
export type { FailureReason } from './sender/failure.js';
export type { BodyInput } from './library/body.js';
export { checkReceiver, type CheckedCase, type CheckOptions, type ConformanceReport } from './library/check.js';
export type { DeliveryAttempt, DeliveryResult } from './library/delivery.js';
export { ClosedError, UnexpectedRequestError, WaitTimeoutError } from './library/errors.js';
export {
  generateEvent,
  validate,
  type EventName,
  type GenerateOptions,
  type ValidationProblem,
  type ValidationResult,
} from './library/events.js';
export type { HeadersLike } from './library/headers.js';
export { matchers, type MatcherResult, type WebhookMatchers } from './library/matchers.js';
export type { SchemeOptions, SecretText, ToleranceOptions } from './library/options.js';
export { createReceiver, type WebhookReceiver } from './library/receiver/create.js';
export { type ReceiverOptions } from './library/receiver/options.js';
export type {
  PathMatch,
  RequestMatch,
  RequestPredicate,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from './library/receiver/match.js';
export type { GivenAnswer, WebhookRequest } from './library/receiver/request.js';
export type { Respond, ResponseFunction, ResponseInput, ResponseParts } from './library/receiver/respond.js';
export type { ExpectNoneOptions, WaitOptions } from './library/receiver/waits.js';
export { readRecording, type RecordedEntry, type RecordedRequest, type RecordingSource } from './library/recordings.js';
export { schemes } from './library/schemes.js';
export {
  createSender,
  type BatchOptions,
  type Expectation,
  type ReplayOptions,
  type SenderOptions,
  type WebhookSender,
} from './library/sender.js';
export { sign, type SignedRequest, type SignOptions } from './library/sign.js';
export {
  explain,
  verify,
  type Explanation,
  type FetchRequest,
  type InvalidResult,
  type RequestLike,
  type ValidResult,
  type VerificationResult,
  type VerifyOptions,
} from './library/verify.js';
