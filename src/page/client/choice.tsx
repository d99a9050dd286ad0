interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly (readonly [Value, name: string])[];
  value: Value;
  onChoose: (value: Value) => void;
}

/** A group of buttons, one of which is pressed. */
export function Choice<Value extends string>({ label, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(([each, name]) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === value}
          onClick={() => {
            onChoose(each);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
