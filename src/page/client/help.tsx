import { useEffect, useRef } from 'preact/hooks';

const keys: readonly (readonly [string, string])[] = [
  ['j / k', 'Next, previous request'],
  ['enter', 'Open it: go to its details'],
  ['r', 'Replay it as is'],
  ['s', 'Re-sign and replay it'],
  ['e', 'Edit it, then re-sign and replay it'],
  ['d', "Compare it with the customer's previous request"],
  ['/', 'Filter'],
  ['?', 'This help'],
  ['esc', 'Close, or go back to the list'],
];

export function Help({ onClose }: { onClose: (isOpen: false) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="help"
      onClose={() => {
        onClose(false);
      }}
    >
      <h2 id="help">Keys</h2>
      <dl class="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">In the list, the arrow keys, Home, End and the page keys work, too.</p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
