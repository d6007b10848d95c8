'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, startTransition, useState } from 'react';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { showDone } from '#components/ui/toast.tsx';
import { passwordProblem } from '#lib/auth/password-rules.ts';

/** Sets the password; gives what to say when that failed. */
async function set(newPassword: string): Promise<string | null> {
  try {
    await rpc('user.identity.setPassword', { newPassword });
    return null;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
}

/** A password for an account that has none. */
export function FirstPasswordForm({ name }: { name: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('newPassword'));
    const unfit = passwordProblem(wanted);
    setProblem(unfit);
    if (unfit) return;
    setIsBusy(true);
    const failure = await set(wanted);
    setIsBusy(false);
    setProblem(failure);
    if (failure) return;
    showDone('Your password is set.');
    startTransition(() => router.refresh());
  }

  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      {/* For the browser's keeper of passwords. */}
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      <TextField
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        required
        error={problem}
        help="12 characters or more; a sentence is fine."
      />
      <Button type="submit" variant="primary" disabled={isBusy} className="justify-self-end">
        {isBusy ? 'Setting…' : 'Set the password'}
      </Button>
    </form>
  );
}
