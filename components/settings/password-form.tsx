'use client';

import { type FormEvent, useRef, useState } from 'react';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { showDone } from '#components/ui/toast.tsx';
import { passwordProblem } from '#lib/auth/password-rules.ts';

interface Problems {
  current?: string | null;
  wanted?: string | null;
  form?: string | null;
}

/** Changes the password; gives what to say, and where, when that failed. */
async function change(password: string, newPassword: string): Promise<Problems> {
  try {
    await rpc('user.identity.changePassword', { password, newPassword });
    return {};
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.isWrongPassword ? { current: error.message } : { form: error.message };
  }
}

/** A new password, for who knows the present one. */
export function PasswordForm({ name }: { name: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const wanted = String(typed.get('newPassword'));
    const unfit = passwordProblem(wanted);
    setProblems({ wanted: unfit });
    if (unfit) return;
    setIsBusy(true);
    const found = await change(String(typed.get('password')), wanted);
    setIsBusy(false);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    form.current?.reset();
    showDone('Your password is changed.');
  }

  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form ref={form} method="post" onSubmit={submit} className="grid gap-4 md:grid-cols-2">
      {/* For the browser's keeper of passwords. */}
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      <TextField
        label="Current password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={problems.current}
      />
      <TextField
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        required
        error={problems.wanted}
        help="12 characters or more; a sentence is fine."
      />
      {problems.form && (
        <div className="md:col-span-2">
          <Note kind="danger" isAlert>
            {problems.form}
          </Note>
        </div>
      )}
      <Button type="submit" variant="primary" disabled={isBusy} className="justify-self-end md:col-span-2">
        {isBusy ? 'Changing…' : 'Change the password'}
      </Button>
    </form>
  );
}
