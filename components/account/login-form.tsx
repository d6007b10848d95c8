'use client';

import { type FormEvent, useState } from 'react';
import { signIn } from '#components/account/session.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';

interface LoginFormProps {
  /** A path of this server, to go to afterwards. */
  returnPath: string;
  /** Who is expected to sign in. */
  name?: string;
}

/** Signs in and goes to `returnPath`. */
export function LoginForm({ returnPath, name }: LoginFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const failure = await signIn(String(form.get('login')), String(form.get('password')));
    setProblem(failure);
    setIsBusy(false);
    // A full load, so that nothing from before the sign-in is shown.
    if (!failure) location.assign(returnPath);
  }

  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      <TextField
        label="User name or e-mail"
        name="login"
        defaultValue={name}
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
