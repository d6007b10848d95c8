'use client';

import { useState } from 'react';
import { Part, PartGroup } from '#components/dev/part.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { FileTextField } from '#components/ui/file-text-field.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';

const ACCESS = [
  { value: 'private', label: 'Private', help: 'You alone.' },
  { value: 'public', label: 'Public', help: 'Anyone who reaches this server can pull it.' },
] as const;

function TextFields() {
  return (
    <Part title="A line of text">
      <TextField label="Empty" placeholder="An example" className="w-56" />
      <TextField label="With help" help="What to know before typing." className="w-56" />
      <TextField
        label="With an error"
        defaultValue="photos"
        error="This name is taken. Choose another one."
        className="w-56"
      />
      <TextField label="As code" isMono defaultValue="mira/photos" className="w-56" />
      <TextField label="Read only" isMono defaultValue="mira" readOnly className="w-56" />
    </Part>
  );
}

/** What can be filled in or chosen. */
export function FieldParts() {
  const [access, setAccess] = useState<'private' | 'public'>('private');
  const [isChecked, setIsChecked] = useState(true);
  const [text, setText] = useState('');
  return (
    <PartGroup title="Fields">
      <TextFields />
      <Part title="A small text file">
        <FileTextField
          label="Payload"
          help="Paste it, or choose the file."
          value={text}
          onChange={setText}
          className="w-96"
        />
      </Part>
      <Part title="One of a list">
        <SelectField
          label="Expires"
          options={[
            { value: '7', label: 'in 7 days' },
            { value: '30', label: 'in 30 days' },
          ]}
          className="w-56"
        />
      </Part>
      <Part title="One of a few">
        <p id="parts-access" className="sr-only">
          Access
        </p>
        <RadioGroup labelledBy="parts-access" value={access} options={ACCESS} onChange={setAccess} />
      </Part>
      <Part title="Boxes to tick">
        <Checkbox label="Ticked or not" isChecked={isChecked} onToggle={() => setIsChecked(!isChecked)} />
        <Checkbox label="Some of it" isChecked={false} isMixed onToggle={() => undefined} />
      </Part>
    </PartGroup>
  );
}
