import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RequestSettings } from '../../config/settings.js';
import { createCourier, type Courier } from '../../delivery/deliver.js';
import type { ReplyExpectation } from '../../delivery/judgement.js';
import type { RetryPolicy } from '../../delivery/retry.js';
import { statusSet } from '../../delivery/status-set.js';
import { InputError, systemCode } from '../../errors.js';
import type { Context } from '../command.js';
import { openRecording } from '../recording.js';
import type { DeliveryFlags, Part } from './flags.js';
import { createRecorder } from './record.js';

/** How all requests of one run are delivered and judged. */
export interface Delivering {
  courier: Courier;
  /** Milliseconds, for each attempt. */
  timeout: number;
  policy: RetryPolicy;
  /** Milliseconds, between one delivery and the next. */
  delay: number;
  expectation: ReplyExpectation;
  show: readonly Part[];
  /** Records a request and its answer, where that is wanted. Throws LocalError. */
  record: ReturnType<typeof createRecorder>;
}

/** Throws InputError when the certificates can't be read. */
export async function openDelivering(
  { cacert, insecure, maxWait = 60_000, delay = 0, show = [], ...flags }: DeliveryFlags,
  { url, timeout, retries }: RequestSettings,
  context: Pick<Context, 'cwd' | 'warn' | 'entropy' | 'now'>,
): Promise<Delivering> {
  if (insecure && url.protocol === 'https:') context.warn(`--insecure: anybody could pose as ${url.host}`);
  const authorities = cacert === undefined ? undefined : await readAuthorities(cacert, context.cwd);
  const { expectStatus = statusSet('2xx'), expectHeader = [], expectBody, maxTime } = flags;
  return {
    courier: createCourier({ timeout, authorities, isInsecure: insecure }),
    timeout,
    policy: { retries, maxWait },
    delay,
    expectation: { status: expectStatus, headers: expectHeader, body: expectBody, maxTime },
    show,
    record: createRecorder(await openRecording(flags, context), context),
  };
}

async function readAuthorities(file: string, cwd: string): Promise<Uint8Array> {
  const pem = await readFile(path.resolve(cwd, file)).catch((cause: unknown) => {
    throw new InputError(`can't read ${file} (${systemCode(cause)})`, {
      cause,
      hint: '--cacert takes a file of certificates',
    });
  });
  const blocks = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return pem;
  throw new InputError(`${file} has no valid certificate in it`, {
    hint: 'the file has to be PEM: -----BEGIN CERTIFICATE-----',
  });
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
