import * as z from 'zod';
import { token } from '../../http/header.js';

/** Only what is read; all else is free to be missing or of any kind. */
export const harSchema = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime({ offset: true }).optional().catch(undefined),
        request: z.object({
          // What could be a second header or line once it is sent again is refused.
          method: z.string().regex(new RegExp(`^${token}$`)),
          url: z.string().regex(/^\P{Cc}+$/u),
          headers: z.array(
            z.object({
              name: z.string().regex(new RegExp(`^:?${token}$`)),
              value: z.string().regex(/^[^\0\r\n]*$/),
            }),
          ),
          bodySize: z.number().optional().catch(undefined),
          postData: z
            .object({
              text: z.string().nullish(),
              params: z.array(z.unknown()).nullish(),
              /** Of `text`; a custom of some exporters. */
              encoding: z.string().nullish(),
              /** Ours. */
              _bodyBase64: z.string().optional(),
            })
            .nullish(),
          /** Ours, where it isn't exact; one that a later version invents is none to rely on. */
          _fidelity: z.enum(['incomplete', 'inexact']).optional().catch('inexact'),
          _findings: z.array(z.enum(['surplus-bytes', 'headers-redacted'])).catch([]),
        }),
      }),
    ),
  }),
});

export type HarEntry = z.infer<typeof harSchema>['log']['entries'][number];
