import type { CapturedRequest } from '../../recording/captured-request.js';
import { harEntry, harFrame } from '../../recording/har/writer.js';
import { InputError } from '../../errors.js';
import type { Reporting } from '../../ports.js';
import { placeholder, type Part } from './messages.js';

/** In characters: smaller parts are slower, larger ones take more memory. */
const enough = 256 * 1024;

/** Writes a HAR file in parts, since it may exceed the longest possible string. Requests that HAR can't hold are left out. */
export async function* harParts(
  requests: AsyncIterable<CapturedRequest>,
  version: string,
  { fail }: Pick<Reporting<unknown>, 'fail'>,
): AsyncGenerator<Part> {
  const { head, separator, tail } = harFrame({ version });
  let [text, count, isFirst] = ['', 0, true];
  for await (const request of requests) {
    const entry = entryOf(request, fail);
    if (entry === undefined) continue;
    text += (isFirst ? head : separator) + entry;
    [count, isFirst] = [count + 1, false];
    if (text.length < enough) continue;
    yield { bytes: Buffer.from(text), requests: count };
    [text, count] = ['', 0];
  }
  yield { bytes: Buffer.from((isFirst ? head : text) + tail), requests: count };
}

function entryOf(request: CapturedRequest, fail: Reporting<unknown>['fail']): string | undefined {
  try {
    return harEntry(request, { origin: placeholder.origin });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    fail(error);
    return undefined;
  }
}
