import type { Command as Commander } from 'commander';

/** A page of help about flags that several commands share. */
export interface TopicEntry {
  /** As `help` takes it. */
  name: string;
  summary: string;
  /** The heading of these flags. The page of a command only names those below it. */
  group: string;
}

/** All that the page shows. */
export interface Topic extends TopicEntry {
  configure: (command: Commander) => void;
  /** What comes after the flags. */
  notes: string;
  /** Command lines without the program's name. */
  examples: readonly string[];
}
