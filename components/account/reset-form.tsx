'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { paths } from '#components/paths.ts';
import { rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { useAsking } from '#components/use-asking.ts';
import { passwordProblem } from '#lib/auth/password-rules.ts';

function ResetDone() {
  return (
    <>
      <Note kind="ok" isAlert>
        Your password is changed, and you are signed out everywhere. Your tokens go on working.
      </Note>
      <Link href={paths.login()} className="link">
        Sign in
      </Link>
    </>
  );
}

/** Sets a new password by a link; the link is used up by the button alone. */
export function ResetForm({ link, name }: { link: string; name: string }) {
  const [isDone, setIsDone] = useState(false);
  const [unfit, setUnfit] = useState<string | null>(null);
  const { problem, isBusy, ask } = useAsking();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const wrong = passwordProblem(password);
    setUnfit(wrong);
    if (wrong) return;
    if (await ask(() => rpc('user.identity.resetPassword', { link, password }))) setIsDone(true);
  }

  if (isDone) return <ResetDone />;
  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField label="User name" isMono value={name} autoComplete="username" readOnly />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        error={unfit}
        help="12 characters or more; a sentence is fine."
      />
      <p className="text-13 text-text-2">
        It signs you out everywhere. Your tokens go on working; if you think that somebody has one, revoke it.
      </p>
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? 'Changing…' : 'Change the password'}
      </Button>
    </form>
  );
}
