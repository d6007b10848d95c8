'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import { useAsking } from '#components/use-asking.ts';

interface AddressStateProps {
  email: string;
  isVerified: boolean;
  /** Whether this server sends mail. */
  hasMail: boolean;
}

/** Whether the address is confirmed, and the way to that. */
export function AddressState({ email, isVerified, hasMail }: AddressStateProps) {
  const [isSent, setIsSent] = useState(false);
  const { problem, isBusy, ask } = useAsking();

  async function send(): Promise<void> {
    const answer = await ask(async () => {
      await rpc('user.identity.sendVerification');
      return true;
    });
    if (answer) setIsSent(true);
  }

  if (isVerified)
    return (
      <p className="mt-4 flex items-center gap-2 text-13 text-text-2">
        <CircleCheck aria-hidden size={16} className="shrink-0 text-accent" />
        Your e-mail address is confirmed. If you forget your password, a new one comes by it.
      </p>
    );
  return (
    <div className="mt-4 grid gap-3 border-t pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-72 text-13 text-text-2">
          Your e-mail address is not confirmed yet, so a new password cannot be mailed there.
          {!hasMail && ' This server sends no mail; an administrator can confirm it.'}
        </p>
        {hasMail && (
          <Button disabled={isBusy || isSent} onClick={() => void send()}>
            {isBusy ? 'Sending…' : 'Send a link'}
          </Button>
        )}
      </div>
      {isSent && (
        <Note kind="ok" isAlert>
          A link is on its way to {email}. Open it within a day, and confirm the address there.
        </Note>
      )}
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
    </div>
  );
}
