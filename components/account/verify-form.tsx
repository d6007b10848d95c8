'use client';

import Link from 'next/link';
import { useState } from 'react';
import { paths } from '#components/paths.ts';
import { rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import { useAsking } from '#components/use-asking.ts';

interface VerifyFormProps {
  link: string;
  /** What is confirmed. */
  email: string;
  /** Of the account. */
  name: string;
}

/** Confirms an address by a link; the link is used up by the button alone. */
export function VerifyForm({ link, email, name }: VerifyFormProps) {
  const [isDone, setIsDone] = useState(false);
  const { problem, isBusy, ask } = useAsking();

  async function confirm(): Promise<void> {
    if (await ask(() => rpc('user.identity.verifyEmail', { link }))) setIsDone(true);
  }

  if (isDone)
    return (
      <>
        <Note kind="ok" isAlert>
          {email} is confirmed.
        </Note>
        <Link href={paths.profile()} className="link">
          Go to your profile
        </Link>
      </>
    );
  return (
    <>
      <p className="wrap-anywhere">
        <b className="font-medium">{email}</b> will be the confirmed address of the account{' '}
        <b className="font-mono font-medium">{name}</b>. Confirm it only if that account is yours.
      </p>
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      <Button variant="primary" disabled={isBusy} onClick={() => void confirm()}>
        {isBusy ? 'Confirming…' : 'Confirm the address'}
      </Button>
    </>
  );
}
