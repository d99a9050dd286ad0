import type { CommandEntry } from '../contract/command.js';
import type { TopicEntry } from '../contract/topic.js';

/** In the order `--help` lists them. Their flags are loaded only when one of them is named. */
export const commandEntries = [
  { name: 'send', takes: '[file...]', summary: 'Send signed events to a receiver' },
  { name: 'listen', summary: 'Receive, verify and print events' },
  { name: 'verify', takes: '[file...]', summary: 'Verify signatures offline, and explain why one fails' },
  { name: 'inspect', takes: '[file] [n...]', summary: 'Show recorded requests and their responses' },
  { name: 'validate', takes: '[file...]', summary: 'Validate JSON files against the schemas of events' },
  { name: 'replay', takes: '<file...>', summary: 'Send recorded requests again, unchanged or re-signed' },
  { name: 'check', takes: '[url]', summary: 'Test a receiver with valid, forged and broken requests' },
  { name: 'generate', summary: 'Generate payloads or signed requests' },
  { name: 'demo', summary: 'Show events being sent, verified and refused' },
  { name: 'export', takes: '<file>', summary: 'Convert a recording to HAR, raw HTTP or curl' },
  { name: 'fixtures', takes: '[name]', summary: 'List the fixtures, or print one' },
  { name: 'schema', takes: '[event]', summary: 'Print the JSON Schema of an event' },
  { name: 'schemes', takes: '[name]', summary: 'List the signature schemes, or print one as JSON' },
  { name: 'sign', takes: '<file>', summary: 'Print the signature headers for a body' },
  { name: 'secret', summary: 'Show where the signing secret comes from' },
  { name: 'config', summary: 'Show every setting, its value and its source' },
  { name: 'init', summary: 'Create a configuration file from a few questions' },
  { name: 'completion', takes: '<shell>', summary: 'Print the completion script for a shell' },
] as const satisfies readonly CommandEntry[];

export type CommandName = (typeof commandEntries)[number]['name'];

/** Flags for connections to a receiver. */
export const connectionTopic: TopicEntry = {
  name: 'connection',
  summary: 'Show the flags for certificates, proxies and sockets',
  group: 'Connection options:',
};

/** Flags that select requests of a recording. */
export const selectionTopic: TopicEntry = {
  name: 'selection',
  summary: 'Show the flags that select recorded requests',
  group: 'Selection options:',
};

/** In the order `--help` lists them. The pages are loaded only when one of them is named. */
export const topicEntries: readonly TopicEntry[] = [connectionTopic, selectionTopic];
