/** What is wrong with a receiver, behind one or several cases that it fails. Its texts are constants of ours. */
export interface Cause {
  id: string;
  /** A clause. */
  words: string;
  /** An imperative, with the code for the usual frameworks. */
  fix: string;
  /** The ids of the cases that it explains. */
  explains: string[];
}
