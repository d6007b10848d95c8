'use client';

import { type FormEvent, useState } from 'react';
import { rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { useAsking } from '#components/use-asking.ts';

/** Asks for a mail; says the same whatever was typed. */
export function ForgotForm() {
  const [isSent, setIsSent] = useState(false);
  const { problem, isBusy, ask } = useAsking();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('login'));
    const answer = await ask(async () => {
      await rpc('user.identity.forgotPassword', { name });
      return true;
    });
    if (answer) setIsSent(true);
  }

  if (isSent)
    return (
      <Note kind="ok" isAlert>
        If there is such an account and its e-mail address is confirmed, a link is on its way there. It works
        for an hour. No mail? Ask an administrator.
      </Note>
    );
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField
        label="User name or e-mail"
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        required
        help="We mail you a link that lets you choose a new password."
      />
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? 'Sending…' : 'Send the link'}
      </Button>
    </form>
  );
}
