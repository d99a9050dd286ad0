import { text, url } from '../../contract/values.js';

/** How the application's state is looked at. Both may have {customer} and {event} in them. */
export type ProbeSource =
  | { kind: 'command'; command: string }
  /** `sample` has made-up ids in it: its host and its scheme are those of every request. */
  | { kind: 'url'; url: string; sample: URL };

export function probeSource(value: string): ProbeSource {
  if (!/^https?:\/\//i.test(value)) return { kind: 'command', command: text(value.trim()) };
  return { kind: 'url', url: value, sample: url(value.replaceAll(/\{(?:customer|event)\}/g, 'id')) };
}
