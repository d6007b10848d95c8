'use client';

import { type FormEvent, useState } from 'react';
import { signIn } from '#components/account/session.ts';
import { paths } from '#components/paths.ts';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { passwordProblem } from '#lib/auth/password-rules.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

interface SignUpFormProps {
  name: string;
  onNameChange: (name: string) => void;
  setupCode: string | null;
}

interface Problems {
  name?: string | null;
  password?: string | null;
  form?: string;
}

/** Signs up and in; gives what to say when one of the two failed. */
async function makeAccount(form: FormData, name: string, setupCode: string | null): Promise<string | null> {
  const text = (field: string) => String(form.get(field));
  const input = {
    name,
    email: text('email'),
    password: text('password'),
    displayName: text('displayName') || undefined,
    setupCode: setupCode ?? undefined,
  };
  try {
    await rpc('user.identity.signUp', input);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
  return signIn(name, input.password);
}

interface NameFieldProps {
  name: string;
  onChange: (name: string) => void;
  problem: string | null | undefined;
}

function NameField({ name, onChange, problem }: NameFieldProps) {
  return (
    <TextField
      label="User name"
      isMono
      name="name"
      value={name}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={40}
      error={problem}
      help="Small letters, digits and dashes. It is your namespace and in every address, so it cannot be changed later."
    />
  );
}

/** The form of the sign-up page. */
export function SignUpForm({ name, onNameChange, setupCode }: SignUpFormProps) {
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const own = { name: namespaceProblem(name), password: passwordProblem(String(form.get('password'))) };
    setProblems(own);
    if (own.name || own.password) return;
    setIsBusy(true);
    const failure = await makeAccount(form, name, setupCode);
    setIsBusy(false);
    if (failure) setProblems({ form: failure });
    else location.assign(paths.storage());
  }

  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField label="Name (optional)" name="displayName" autoComplete="name" maxLength={100} />
      <NameField name={name} onChange={onNameChange} problem={problems.name} />
      <TextField label="E-mail" name="email" type="email" autoComplete="email" required maxLength={254} />
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
