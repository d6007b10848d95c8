'use client';

import { type FormEvent, useState } from 'react';
import { Dialog } from '#components/admin/dialog.tsx';
import { rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { useAsking } from '#components/use-asking.ts';
import type { AccountRow } from '#lib/accounts/page.ts';

const GB = 1e9;

/** The bytes of a text of gigabytes, or null for what is none. */
function bytesOf(text: string): number | null {
  const bytes = Math.round(Number(text) * GB);
  return text.trim() !== '' && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

interface QuotaDialogProps {
  account: AccountRow;
  onClose: () => void;
  onDone: (quotaBytes: number) => void;
}

/** Changes how much somebody may keep. */
export function QuotaDialog({ account, onClose, onDone }: QuotaDialogProps) {
  const { name, usedBytes, quotaBytes } = account;
  const [text, setText] = useState(String(quotaBytes / GB));
  const { problem, setProblem, isBusy, ask } = useAsking();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wanted = bytesOf(text);
    if (wanted === null) return setProblem('Type a number of gigabytes, such as 20 or 0.5.');
    const isDone = await ask(async () => {
      await rpc('admin.user.setQuota', { name, quotaBytes: wanted });
      return true;
    });
    if (isDone) onDone(wanted);
  }

  return (
    <Dialog
      onClose={onClose}
      title={
        <>
          Space of <Bdi>{name}</Bdi>
        </>
      }
      help={`${formatBytes(usedBytes)} are in use. With less than that nothing is removed: the next push that grows is refused.`}
    >
      <form onSubmit={submit} className="grid gap-5">
        <TextField
          label="Space in GB"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          error={problem}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" variant="primary" disabled={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
