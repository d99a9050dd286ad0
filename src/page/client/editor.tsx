import { useEffect, useRef, useState } from 'preact/hooks';
import { piecesOf } from './pieces.js';

interface EditorProps {
  /** The body as received. */
  text: string;
  /** The earlier edit; undefined if there is none. */
  draft: string | undefined;
  /** Called with each change, so that edits survive a switch to another request. */
  onDraft: (draft: string) => void;
  onSend: (body: Uint8Array) => void;
  onClose: () => void;
}

/** Edits a body, then re-signs and sends it. */
export function Editor({ text, draft, onDraft, onSend, onClose }: EditorProps) {
  const [edited, edit] = useState(draft ?? editable(text));
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  return (
    <form
      class="editor"
      aria-label="Edit the body"
      onSubmit={event => {
        event.preventDefault();
        onSend(new TextEncoder().encode(edited));
      }}
    >
      <label for="edited">Body to sign and send</label>
      <textarea
        id="edited"
        ref={area}
        rows={Math.min(20, Math.max(6, edited.split('\n').length + 1))}
        spellcheck={false}
        value={edited}
        onInput={({ currentTarget: { value } }) => {
          edit(value);
          onDraft(value);
        }}
      />
      {editable(text) !== text && (
        <p class="note">Line breaks are LF here, and invisible characters are written as escapes.</p>
      )}
      <div class="buttons">
        <button type="submit" class="main">
          Sign &amp; send
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** The reader must see exactly what is signed: a field would show reordered text, and drops CR. */
const editable = (text: string): string =>
  piecesOf(text.replaceAll('\r\n', '\n'))
    .map(piece => piece.text)
    .join('');
