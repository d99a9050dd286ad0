import type { SettingName } from '../../config/settings.js';
import { redacted, type Header } from '../../http/header.js';

export type Spelling = string | number | readonly string[] | null;

/** A value as it could stand in the configuration file, but for what opens doors. */
export function fileSpelling(name: SettingName, value: unknown): Spelling {
  if (value instanceof URL) return value.href;
  if (name === 'timeout' || name === 'checkTimeout') return durationText(Number(value));
  if (name === 'headers') return (value as readonly Header[]).map(shownHeader).join(', ');
  return value as Spelling;
}

const durationText = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;

/** Wider than what is left out of recordings: a project's own headers carry credentials under any name. */
const shownHeader = ([name, value]: Header): string =>
  /auth|cookie|credential|key|pass|secret|session|signature|token/i.test(name) ? redacted : value;
