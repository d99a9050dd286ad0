import { readConfiguration } from '../../config/configuration.js';
import { knownDefinitions } from '../../config/scheme.js';
import { UnknownNameError } from '../../errors.js';
import type { Ports, Style, Verdict } from '../../contract/command.js';
import type { SchemeDefinition } from '../../scheme/definition.js';
import { defaultPresetName, isPresetName } from '../../scheme/presets/index.js';
import { line } from '../../text/line.js';

export interface SchemesOptions {
  name?: string;
}

export interface SchemeReport {
  type: 'scheme';
  name: string;
  /** Whether it is the default. */
  isDefault?: true;
  /** From the configuration file. */
  isOwn?: true;
  definition: SchemeDefinition;
  /** Whether it was requested by name. */
  isWhole?: true;
}

export async function run({ name }: SchemesOptions, { environment, reporting }: Ports<SchemeReport>): Promise<Verdict> {
  const known = knownDefinitions(await readConfiguration(environment));
  if (name === undefined) {
    for (const [each, definition] of known) await reporting.report(reportOf(each, definition));
    return 'positive';
  }
  const definition = known.get(name);
  if (!definition) {
    const names = [...known.keys()];
    throw new UnknownNameError('scheme', name, { known: names, hint: `known schemes: ${names.join(', ')}` });
  }
  await reporting.report({ ...reportOf(name, definition), isWhole: true });
  return 'positive';
}

const reportOf = (name: string, definition: SchemeDefinition): SchemeReport => ({
  type: 'scheme',
  name,
  ...(name === defaultPresetName && { isDefault: true }),
  ...(!isPresetName(name) && { isOwn: true }),
  definition,
});

/** One line each; a scheme requested by name is a document to copy into the configuration file. */
export function view({ name, definition, isWhole }: SchemeReport, style: Style): string | Uint8Array {
  if (isWhole) return Buffer.from(`${JSON.stringify(definition, null, 2)}\n`);
  const { visible, strong, faint } = style;
  const { signature, signed = '{body}' } = definition;
  return line(
    [
      { text: visible(name), width: 17, paint: strong, yields: { order: 4, least: 8 } },
      { text: visible(signature.header), width: 25, yields: { order: 3, least: 8 } },
      { text: visible(signed), width: 23, yields: { order: 2, least: 8 } },
      { text: visible(toleranceWords(definition)), paint: faint, yields: { order: 1, least: 0 } },
    ],
    style,
  );
}

/** How far the timestamp may be from now. */
function toleranceWords({ timestamp }: SchemeDefinition): string {
  if (!timestamp) return 'no time';
  const { past, future } = timestamp;
  if (past === null && future === null) return 'any time';
  if (past === future) return `±${past ?? ''}`;
  return past === null
    ? `at most ${future ?? ''} ahead`
    : future === null
      ? `at most ${past} old`
      : `-${past} +${future}`;
}
