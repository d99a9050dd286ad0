/** What the page of the program tells of a command. */
export interface CommandEntry {
  name: string;
  /** Its arguments, as a usage line has them; none: nothing. */
  takes?: string;
  summary: string;
}

/** In the order `--help` lists them. Their flags are loaded only when one of them is named. */
export const commandEntries = [
  { name: 'send', takes: '[file...]', summary: 'sign payloads and send them to a receiver' },
  { name: 'listen', summary: 'verify and print what comes in, as an honest receiver' },
  { name: 'verify', takes: '[file...]', summary: 'check captured signatures offline, and explain a mismatch' },
  { name: 'validate', takes: '[file...]', summary: 'check JSON files against the schemas, with line and column' },
  { name: 'replay', takes: '<file...>', summary: 'send captured requests again: as they were, or signed anew' },
  { name: 'check', takes: '[url]', summary: 'prove that a receiver accepts and refuses what it must' },
  { name: 'generate', summary: 'write payloads, or whole signed requests, without sending' },
  { name: 'demo', summary: 'play both sides on this machine: the first thing to run' },
  { name: 'export', takes: '<file>', summary: 'turn a recording into HAR, raw HTTP or curl' },
  { name: 'fixtures', takes: '[name]', summary: 'list the fixtures that ship with it, or print one' },
  { name: 'schema', takes: '[event]', summary: 'print the JSON Schema of an event' },
  { name: 'sign', takes: '<file>', summary: 'print the signature headers for a body, for other tools' },
  { name: 'secret', summary: 'tell where the signing secret comes from' },
  { name: 'config', summary: 'show every setting, its value and where it came from' },
  { name: 'init', summary: 'ask a few questions and write the configuration file' },
  { name: 'completion', takes: '<shell>', summary: 'print the script that completes command lines in a shell' },
] as const satisfies readonly CommandEntry[];

export type CommandName = (typeof commandEntries)[number]['name'];
