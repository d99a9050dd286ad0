import * as z from 'zod/mini';
import { jsonIn } from '../json/parse.js';
import { outcomes } from './finding.js';

/** The parts of a report that are read; later versions may add to it. */
const schema = z.object({
  version: z.literal(1),
  title: z.string(),
  findings: z.array(
    z.object({
      suite: z.string(),
      name: z.string(),
      outcome: z.enum(outcomes),
      isAdvice: z.optional(z.literal(true)),
      isKnown: z.optional(z.literal(true)),
    }),
  ),
});

export type ReadReport = z.infer<typeof schema>;

/** A file that isn't a JSON report. The message continues the file's name. */
export class UnfitReportError extends Error {}

/** Reads a JSON report, as `json` writes it. Throws UnfitReportError. */
export function readReport(bytes: Uint8Array): ReadReport {
  const json = jsonIn(bytes);
  if (json === undefined) throw new UnfitReportError("isn't JSON");
  const { data, error } = schema.safeParse(json);
  if (data) return data;
  const place = z.core.toDotPath(error.issues[0]?.path ?? []);
  throw new UnfitReportError(place === '' ? "isn't a report" : `isn't a report: ${place} is invalid`);
}
