import * as z from 'zod/mini';
import { headerName, headerValue, method, time, url } from '../parts.js';

/** HAR requires a time. This one means unknown. */
export const unknownTime = '1970-01-01T00:00:00.000Z';

/** A file whose entries are checked one by one, so that a bad one doesn't affect the others. */
export const harSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/** Describes only the fields we read: all others may be missing or of any type. */
export const harEntrySchema = z.object({
  /** Ignored if invalid, rather than refusing the request. */
  response: z.catch(
    z.optional(
      z.object({
        status: z.int().check(z.gte(100), z.lte(999)),
        headers: z.array(z.object({ name: z.string(), value: z.string() })),
        content: z.optional(z.object({ text: z.optional(z.string()), encoding: z.optional(z.string()) })),
        _fidelity: z.optional(z.literal('incomplete')),
      }),
    ),
    undefined,
  ),
  time: z.catch(z.optional(z.number()), undefined),
  startedDateTime: z.catch(z.optional(time), undefined),
  request: z.object({
    method,
    url,
    headers: z.array(z.object({ name: headerName, value: headerValue })),
    bodySize: z.catch(z.optional(z.number()), undefined),
    postData: z.nullish(
      z.object({
        text: z.nullish(z.string()),
        params: z.nullish(z.array(z.unknown())),
        /** How `text` is encoded: an addition of some exporters. */
        encoding: z.nullish(z.string()),
        /** Our own extension. */
        _bodyBase64: z.optional(z.string()),
      }),
    ),
    /** Our own extension. Unknown values from later versions count as unreliable. */
    _fidelity: z.catch(z.optional(z.enum(['incomplete', 'inexact'])), 'inexact'),
    _findings: z.catch(z.array(z.enum(['surplus-bytes', 'headers-redacted'])), []),
  }),
});

export type HarEntry = z.infer<typeof harEntrySchema>;
