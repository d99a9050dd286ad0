import type { Command as Commander } from 'commander';
import type { Example } from './command.js';

/** A help page about flags that several commands share. */
export interface TopicEntry {
  /** As given to `help`. */
  name: string;
  summary: string;
  /** The heading of these flags. A command's own page only names them. */
  group: string;
}

/** The content of the page. */
export interface Topic extends TopicEntry {
  configure: (command: Commander) => void;
  /** Text after the flags. */
  notes: string;
  examples: readonly Example[];
}
