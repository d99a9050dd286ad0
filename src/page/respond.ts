import type { ServerResponse } from 'node:http';
import { CommandError, InputError, UsageError } from '../errors.js';
import { PageProblem } from './problem.js';

/** Forbids foreign resources, inline scripts, frames around the page, and access from the window that opened it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Every response of the page has these headers. */
export function begin(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...securityHeaders, ...headers });
}

export function sendBytes(
  response: ServerResponse,
  { status = 200, type, headers }: { status?: number; type: string; headers?: Readonly<Record<string, string>> },
  bytes: Uint8Array | string,
): void {
  const content = Buffer.from(bytes);
  begin(response, status, { ...headers, 'content-type': type, 'content-length': String(content.length) });
  response.end(content);
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): void {
  sendBytes(response, { status, type: 'application/json', headers }, JSON.stringify(value));
}

/** Returns false for a bug, whose message could contain anything. */
export function sendProblem(response: ServerResponse, error: unknown): boolean {
  if (error instanceof PageProblem || error instanceof CommandError) {
    const { message, hint } = error;
    const status = error instanceof PageProblem ? error.status : statusOf(error);
    const headers = error instanceof PageProblem ? error.headers : {};
    sendJson(response, { error: message, ...(hint !== undefined && { hint }) }, { status, headers });
    return true;
  }
  sendJson(response, { error: 'internal error', hint: 'see the terminal of webhook-cli for details' }, { status: 500 });
  return false;
}

/** The request is invalid, or a local error occurred. */
const statusOf = (error: CommandError): number =>
  error instanceof InputError || error instanceof UsageError ? 422 : 503;
