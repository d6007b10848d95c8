'use client';

import { type ChangeEvent, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextAreaField } from '#components/ui/field.tsx';

interface FileTextFieldProps {
  label: string;
  help?: string;
  error?: string | null;
  placeholder?: string;
  /** Lines that are seen at once. */
  rows?: number;
  value: string;
  onChange: (text: string) => void;
  className?: string;
}

/** The text of a small file, pasted or chosen; a chosen one is taken to the byte. */
export function FileTextField({ onChange, ...props }: FileTextFieldProps) {
  const input = useRef<HTMLInputElement>(null);

  function choose({ target }: ChangeEvent<HTMLInputElement>): void {
    const file = target.files?.[0];
    // So that the same file can be chosen once more.
    target.value = '';
    void file?.text().then(onChange);
  }

  return (
    <TextAreaField {...props} onChange={(event) => onChange(event.target.value)}>
      <input
        ref={input}
        type="file"
        aria-label={`${props.label}: file`}
        tabIndex={-1}
        className="sr-only"
        onChange={choose}
      />
      <Button
        aria-label={`${props.label}: choose a file`}
        onClick={() => input.current?.click()}
        className="justify-self-start"
      >
        Choose a file
      </Button>
    </TextAreaField>
  );
}
