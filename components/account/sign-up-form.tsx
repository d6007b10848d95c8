'use client';

import { type FormEvent, useState } from 'react';
import { NameField } from '#components/account/name-field.tsx';
import { signIn } from '#components/account/session.ts';
import { paths } from '#components/paths.ts';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { passwordProblem } from '#lib/auth/password-rules.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

export interface Invitation {
  /** Of its link. */
  secret: string;
  /** Where it went; null when it was handed over. */
  email: string | null;
}

/** What lets somebody in who may not sign up by themselves. */
interface Permit {
  setupCode: string | null;
  invitation: Invitation | null;
}

interface SignUpFormProps extends Permit {
  name: string;
  onNameChange: (name: string) => void;
}

interface Problems {
  name?: string | null;
  password?: string | null;
  form?: string;
}

/** Signs up and in; gives what to say when one of the two failed. */
async function makeAccount(
  form: FormData,
  name: string,
  { setupCode, invitation }: Permit,
): Promise<string | null> {
  const text = (field: string) => String(form.get(field));
  const input = {
    name,
    email: text('email'),
    password: text('password'),
    displayName: text('displayName') || undefined,
    setupCode: setupCode ?? undefined,
    invitation: invitation?.secret,
  };
  try {
    await rpc('user.identity.signUp', input);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
  return signIn(name, input.password);
}

/** The form of the sign-up page. */
export function SignUpForm({ name, onNameChange, ...permit }: SignUpFormProps) {
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const own = { name: namespaceProblem(name), password: passwordProblem(String(form.get('password'))) };
    setProblems(own);
    if (own.name || own.password) return;
    setIsBusy(true);
    const failure = await makeAccount(form, name, permit);
    setIsBusy(false);
    if (failure) setProblems({ form: failure });
    else location.assign(paths.storage());
  }

  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField label="Name (optional)" name="displayName" autoComplete="name" maxLength={100} />
      <NameField name={name} onChange={onNameChange} problem={problems.name} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        defaultValue={permit.invitation?.email ?? undefined}
        autoComplete="email"
        required
        maxLength={254}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        error={problems.password}
        help="12 characters or more; a sentence is fine."
      />
      {problems.form && (
        <Note kind="danger" isAlert>
          {problems.form}
        </Note>
      )}
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? 'Creating the account…' : 'Create the account'}
      </Button>
    </form>
  );
}
