'use client';

import { type MouseEvent, useEffect, useRef } from 'react';

interface CheckboxProps {
  label: string;
  isChecked: boolean;
  /** Some of what it stands for. */
  isMixed?: boolean;
  onToggle: (event: MouseEvent<HTMLInputElement>) => void;
}

const ignore = () => undefined;

/** A box to tick, in a field that a finger can hit. */
export function Checkbox({ label, isChecked, isMixed = false, onToggle }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);

  return (
    <label className="grid size-8 place-items-center select-none">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={isChecked}
        // The click knows of the shift key.
        onClick={onToggle}
        onChange={ignore}
        className="check"
      />
    </label>
  );
}
