import { text, url } from '../../contract/values.js';

/** How to read the application's state. Both may contain {customer} and {event}. */
export type ProbeSource =
  | { kind: 'command'; command: string }
  /** `sample` has made-up ids; every request has its host and scheme. */
  | { kind: 'url'; url: string; sample: URL };

export function probeSource(value: string): ProbeSource {
  if (!/^https?:\/\//i.test(value)) return { kind: 'command', command: text(value.trim()) };
  return { kind: 'url', url: value, sample: url(value.replaceAll(/\{(?:customer|event)\}/g, 'id')) };
}
