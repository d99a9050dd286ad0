/** How items become one document, of which no more than an item or two are in memory. */
export interface Frame {
  head: string;
  separator: string;
  tail: string;
}

/** The document is its items and nothing else. */
export const bare: Frame = { head: '', separator: '', tail: '' };

/** Gives each item its part of the document: their texts, one after the other, are the whole. */
export async function* framed<Item extends { text: string }>(
  items: AsyncIterable<Item>,
  { head, separator, tail }: Frame,
): AsyncGenerator<Item> {
  let before = head;
  let held: Item | undefined;
  for await (const item of items) {
    // An item waits until the next one shows that it isn't the last.
    if (held) yield held;
    held = { ...item, text: before + item.text };
    before = separator;
  }
  if (held) yield { ...held, text: held.text + tail };
}
