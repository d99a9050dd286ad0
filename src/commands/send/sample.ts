import { UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import { newId, type Clock } from '../../ports.js';
import { withId } from '../../sender/fresh-id.js';
import type { Scheme } from '../../scheme/scheme.js';
import { defaultPresetName } from '../../scheme/presets/index.js';
import { hasCatalogue } from '../../scheme/schemes.js';
import { catalogueFlags } from '../payload/flags.js';

/** Schemes without a catalogue of events send files unchanged, or a sample if no file is named. */
export const isSample = ({ file }: { file: readonly string[] }, scheme: Scheme): boolean =>
  !hasCatalogue(scheme) && file.length === 0;

/** Returns the sample of a scheme, which has a new id each time. Throws UsageError if there is none. */
export function samplePayload(scheme: Scheme, clock: Clock): { source: string; body: () => Uint8Array } {
  const { name, definition } = scheme;
  const { sample } = definition;
  if (!sample)
    throw new UsageError(`nothing to send: ${name} has no sample`, {
      hint: 'pass a file, or - for standard input; or add a "sample" to the definition of the scheme',
    });
  const body = Buffer.from(JSON.stringify(sample.body));
  return { source: `the sample of ${name}`, body: () => withId(body, scheme, newId(clock)) ?? body };
}

/** Adds the headers a sample needs besides its signature, unless the user sets them. */
export const withSampleHeaders = (headers: readonly Header[], { definition: { sample } }: Scheme): Header[] => [
  ...Object.entries(sample?.headers ?? {}).filter(([name]) => !hasHeader(headers, name.toLowerCase())),
  ...headers,
];

/** Throws UsageError for a flag that makes or changes events of the catalogue. */
export function refuseCatalogueFlags(flags: object, { name }: Scheme): void {
  const attributes = Object.entries(flags).flatMap(([attribute, value]) => (value === undefined ? [] : [attribute]));
  const given = catalogueFlags.find(({ attribute }) => attributes.includes(attribute));
  if (!given) return;
  throw new UsageError(`${given.flag} is for events of ${defaultPresetName}, but the scheme is ${name}`, {
    hint: `pass a file, or - for standard input; or add --scheme ${defaultPresetName}`,
  });
}
