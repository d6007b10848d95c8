'use client';

import { RadioGroup as Primitive } from 'radix-ui';
import { type FocusEvent, useId, useRef } from 'react';

interface RadioOption<Value extends string> {
  value: Value;
  label: string;
  help?: string;
}

interface RadioGroupProps<Value extends string> {
  /** The id of what names the group. */
  labelledBy: string;
  value: Value;
  options: readonly RadioOption<Value>[];
  onChange: (value: Value) => void;
}

/** One of a few choices that can all be seen; the arrows choose, as in the browser's own. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { labelledBy, value, options, onChange } = props;
  const id = useId();
  const choose = (wanted: string) => {
    const option = options.find((one) => one.value === wanted);
    if (option && option.value !== value) onChange(option.value);
  };
  // Radix chooses what an arrow leads to only while the key is down, and moves there a moment later: too late for a quick
  // finger on a busy machine.
  const isByArrow = useRef(false);
  const chooseByArrow = ({ currentTarget: radio }: FocusEvent<HTMLButtonElement>) => {
    if (isByArrow.current) setTimeout(() => radio.dataset.state === 'unchecked' && radio.click());
    isByArrow.current = false;
  };
  return (
    <Primitive.Root
      aria-labelledby={labelledBy}
      value={value}
      onValueChange={choose}
      onKeyDown={({ key }) => {
        isByArrow.current = key.startsWith('Arrow');
      }}
      onPointerDown={() => {
        isByArrow.current = false;
      }}
      className="grid gap-2.5"
    >
      {options.map(({ value: own, label, help }) => (
        <div key={own} className="flex items-start gap-2.5">
          <Primitive.Item
            id={`${id}-${own}`}
            value={own}
            onFocus={chooseByArrow}
            aria-describedby={help ? `${id}-${own}-help` : undefined}
            className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-raised data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill"
          >
            <Primitive.Indicator className="size-1.5 rounded-full bg-on-accent" />
          </Primitive.Item>
          <div className="min-w-0">
            <label htmlFor={`${id}-${own}`} className="font-medium">
              {label}
            </label>
            {help && (
              <p id={`${id}-${own}-help`} className="text-xs text-text-2">
                {help}
              </p>
            )}
          </div>
        </div>
      ))}
    </Primitive.Root>
  );
}
