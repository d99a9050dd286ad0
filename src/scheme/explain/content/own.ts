import { valuesOf, type Header } from '../../../http/header.js';
import type { SchemeDefinition } from '../../definition.js';
import { isPresetName } from '../../presets/index.js';
import { headersIn, hasPart } from '../../template.js';
import type { Finding } from '../hypothesis.js';
import type { OtherTemplate } from './templates.js';

interface Named {
  name: string;
  definition: SchemeDefinition;
}

/** Whether what is signed is the user's own definition, which may be what is wrong. */
export const isOwn = ({ name }: Pick<Named, 'name'>): boolean => !isPresetName(name);

/** Says how to change a definition so that it signs what `template` does, and, where the request is one's own, the request. */
export function ownRemedy({ definition: { signed = body } }: Named, template: string, more = ''): string {
  const change = `set "signed" to ${JSON.stringify(template)}${more}`;
  return `if the vendor sent this request, ${change} in the scheme's definition; if you made it, sign exactly ${signed}`;
}

/** Returns templates with values that the definition has, but doesn't sign, or that it doesn't even have. */
export function* longerTemplates({ name, definition }: Named, headers: readonly Header[]): Generator<OtherTemplate> {
  const { signed = body, timestamp, id } = definition;
  const defined = [...(timestamp ? ['timestamp'] : []), ...(id ? ['id'] : [])].filter(part => !hasPart(signed, part));
  for (const part of defined)
    for (const template of around(`{${part}}`, signed))
      yield { template, mistake: { ...unsigned(part), remedy: ownRemedy({ name, definition }, template) } };
  if (timestamp) return;
  for (const header of timesIn(headers, signed)) {
    const more = ` and "timestamp" to {"header": ${JSON.stringify(header)}}`;
    for (const [index, template] of around(`{header.${header}}`, signed).entries()) {
      const remedy = ownRemedy({ name, definition }, around('{timestamp}', signed)[index] ?? '', more);
      yield { template, mistake: { ...unsigned('timestamp'), remedy } };
    }
  }
}

/** Rewords the fix of a mistake that a wrong definition may have caused. */
export function asOwn(finding: Finding, scheme: Pick<Named, 'name'>): Finding {
  const change = changes[finding.id];
  if (change === undefined || !isOwn(scheme)) return finding;
  const remedy = `if the vendor sent this request, ${change} in the scheme's definition; if you made it, ${finding.remedy}`;
  return { ...finding, remedy };
}

const changes: Readonly<Record<string, string>> = {
  'timestamp-in-front': 'add {timestamp} to "signed", as in "{timestamp}.{body}", and define "timestamp"',
  'target-in-front': 'add {method} or {url} to "signed"',
  'with-id': 'add {id} to "signed", and define "id"',
  'id-of-header': 'set "id" to the header that is signed',
  'timestamp-elsewhere': 'set "timestamp" to the header that is signed',
};

const body = '{body}';

const marks = ['.', ':', '', ',', '|', '\n', ' ', '-', '_'];

const around = (part: string, signed: string): string[] =>
  marks.flatMap(mark => [`${part}${mark}${signed}`, `${signed}${mark}${part}`]);

const unsigned = (part: string) => ({
  id: `${part}-not-signed`,
  words: `it was made of the ${part}, too, but the scheme's definition doesn't sign it`,
});

const mostHeaders = 4;

/** Names of headers that seem to hold a time. */
const timesIn = (headers: readonly Header[], signed: string): string[] =>
  [...new Set(headers.map(([name]) => name.toLowerCase()))]
    .filter(name => /time|date/.test(name) && !headersIn(signed).includes(name))
    .filter(name => valuesOf(name, headers).every(value => value !== '' && value.length < 64))
    .slice(0, mostHeaders);
