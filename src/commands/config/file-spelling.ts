import { rowOf, type SettingName } from '../../config/settings.js';
import { redacted, type Header } from '../../http/header.js';

export type Spelling = string | number | readonly string[] | null;

/** Returns a value as the configuration file would spell it. Headers that may hold credentials are redacted. */
export function fileSpelling(name: SettingName, value: unknown): Spelling {
  const { holds } = rowOf(name);
  if (holds.kind === 'text') return holds.write(value as never);
  if (holds.kind === 'headers') return (value as readonly Header[]).map(shownHeader).join(', ');
  return value as Spelling;
}

/** Broader than the redaction of recordings: a project's own headers carry credentials under any name. */
const shownHeader = ([name, value]: Header): string =>
  /auth|cookie|credential|key|pass|secret|session|signature|token/i.test(name) ? redacted : value;
