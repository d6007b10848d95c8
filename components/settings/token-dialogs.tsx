'use client';

import { useState } from 'react';
import { rpc } from '#components/rpc.ts';
import type { NewToken } from '#components/settings/token-form.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { useAsking } from '#components/use-asking.ts';

interface DialogProps {
  token: { id: string; name: string };
  onClose: () => void;
}

/** Asks for a token's new name. */
export function RenameTokenDialog({
  token,
  onClose,
  onRenamed,
}: DialogProps & { onRenamed: (name: string) => void }) {
  const [typed, setTyped] = useState(token.name);
  const { problem, isBusy, ask } = useAsking();
  const newName = typed.trim();
  const rename = () =>
    ask(async () => {
      await rpc('user.pat.rename', { id: token.id, newName });
      onRenamed(newName);
    });
  return (
    <FormDialog
      title={
        <>
          Rename <Bdi>{token.name}</Bdi>
        </>
      }
      description="Its text stays, so what uses it goes on working."
      action="Rename"
      isReady={!isBusy && newName !== '' && newName !== token.name}
      onClose={onClose}
      onSubmit={() => void rename()}
    >
      <TextField
        label="New name"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        maxLength={100}
        autoComplete="off"
        error={problem}
      />
    </FormDialog>
  );
}

const OVERLAPS = [
  { minutes: 0, words: 'At once' },
  { minutes: 60, words: 'In an hour' },
  { minutes: 1_440, words: 'In a day' },
  { minutes: 10_080, words: 'In 7 days' },
];
const DEFAULT_OVERLAP = '1440';

/** Asks how long the old text of a token goes on working beside a new one. */
export function ReplaceTokenDialog({
  token,
  onClose,
  onReplaced,
}: DialogProps & { onReplaced: (made: NewToken) => void }) {
  const [overlap, setOverlap] = useState(DEFAULT_OVERLAP);
  const { problem, isBusy, ask } = useAsking();
  const replace = () =>
    ask(async () => {
      const input = { id: token.id, overlapMinutes: Number(overlap) };
      onReplaced(await rpc<NewToken>('user.pat.rotate', input));
    });
  return (
    <FormDialog
      title={
        <>
          Replace <Bdi>{token.name}</Bdi>
        </>
      }
      description="You get a new text that may do the same for as long again. Put it where the old one is used before that one ends."
      action="Replace"
      isReady={!isBusy}
      onClose={onClose}
      onSubmit={() => void replace()}
    >
      <SelectField
        label="The old text ends"
        value={overlap}
        onChange={(event) => setOverlap(event.target.value)}
        options={OVERLAPS.map(({ minutes, words }) => ({ value: String(minutes), label: words }))}
        error={problem}
      />
    </FormDialog>
  );
}
