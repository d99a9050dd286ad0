/** The text around and between the items of a document. */
export interface Frame {
  head: string;
  separator: string;
  tail: string;
}

/** Adds nothing to the items. */
export const bare: Frame = { head: '', separator: '', tail: '' };

/** Adds the frame to the items; the results in order make up the document. Keeps at most two items in memory. */
export async function* framed<Item extends { text: string }>(
  items: AsyncIterable<Item>,
  { head, separator, tail }: Frame,
): AsyncGenerator<Item> {
  let before = head;
  let held: Item | undefined;
  for await (const item of items) {
    // Only when the next item arrives is it clear that this one isn't the last.
    if (held) yield held;
    held = { ...item, text: before + item.text };
    before = separator;
  }
  if (held) yield { ...held, text: held.text + tail };
}
