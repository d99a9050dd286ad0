import { oneLine } from '../../text/visible.js';
import { counted } from '../../text/words.js';
import { failureLines } from '../verify.js';
import type { RequestLog } from './log.js';
import type { Mismatch } from './match.js';
import type { WebhookRequest } from './request.js';

/** The maximum number of requests that a message lists. */
const mostListed = 10;

/** Returns several lines that say which requests arrived, and why each didn't match. */
export async function storyOf(log: RequestLog, mismatch: Mismatch): Promise<string> {
  const { requests } = log;
  if (requests.length === 0) return 'no request came';
  const listed = requests.slice(-mostListed);
  const lines = await Promise.all(listed.map(request => linesAbout(request, { log, mismatch })));
  const earlier = requests.length - listed.length + log.dropped();
  const more = earlier > 0 ? ` (the ${listed.length} latest are listed)` : '';
  return [`${counted(requests.length + log.dropped(), 'request')} came${more}:`, ...lines.flat()].join('\n');
}

async function linesAbout(
  request: WebhookRequest,
  { log, mismatch }: { log: RequestLog; mismatch: Mismatch },
): Promise<string[]> {
  if (!request.isAccepted) return requestLines(request, refusalLines(request));
  const words = await mismatch(request);
  return requestLines(request, [words ?? (log.isClaimed(request) ? 'an earlier waitFor returned it' : 'it matches')]);
}

/** Describes a request on one line, with the first remark about it, and other remarks below. */
export function requestLines(
  { seq, method, target, answer }: WebhookRequest,
  [first = '', ...others]: readonly string[],
): string[] {
  const given = answer === undefined ? 'no response yet' : String(answer);
  const shown = oneLine(target);
  const place = shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
  return [`  #${seq} ${oneLine(method)} ${place} → ${given}  ${first}`, ...others.map(line => `     ${line}`)];
}

/** Says why a request was refused. */
export function refusalLines({ verification, refusal, problems, findings }: WebhookRequest): string[] {
  if (verification?.valid === false) return failureLines(verification, findings);
  if (refusal !== undefined) return [refusal];
  const errors = problems.filter(({ level }) => level === 'error').map(({ words }) => oneLine(words));
  return [errors.slice(0, 3).join('; ')];
}
