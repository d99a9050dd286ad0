/** Questions to a person. Whoever presses Esc or Ctrl-C ends the command: then nothing comes back. */
export interface Ask {
  /** One of several. */
  select: <Value>(question: SelectQuestion<Value>) => Promise<Value>;
  /** Any of several, and one at least. All are chosen until the person says otherwise. */
  pick: <Value>(question: SelectQuestion<Value>) => Promise<Value[]>;
  input: (question: InputQuestion) => Promise<string>;
  /** What is typed isn't shown. */
  secret: (question: { message: string }) => Promise<string>;
  confirm: (question: { message: string; default: boolean }) => Promise<boolean>;
}

export interface SelectQuestion<Value> {
  message: string;
  choices: readonly Choice<Value>[];
}

interface Choice<Value> {
  value: Value;
  name: string;
  /** What is left on the screen once it is chosen. */
  short?: string;
}

interface InputQuestion {
  message: string;
  default?: string;
  /** What is wrong with a text, in words; nothing where it will do. */
  problem?: (text: string) => string | undefined;
}
