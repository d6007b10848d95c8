'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, startTransition, useState } from 'react';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { showDone } from '#components/ui/toast.tsx';

interface ProfileFormProps {
  /** The user name. */
  name: string;
  displayName: string | null;
  email: string | null;
  /** A new address is asked for with it. */
  hasPassword: boolean;
}

interface Profile {
  displayName: string;
  email: string;
  password: string;
}

interface Problems {
  password?: string;
  form?: string;
}

/** Saves what was typed; gives what to say, and where, when that failed. */
async function save(profile: Profile): Promise<Problems> {
  try {
    await rpc('user.identity.updateProfile', profile);
    return {};
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.isWrongPassword ? { password: error.message } : { form: error.message };
  }
}

/** The person's names and address; what was typed stays when saving fails. */
export function ProfileForm({ name, displayName, email, hasPassword }: ProfileFormProps) {
  const router = useRouter();
  const [typed, setTyped] = useState<Profile>({
    displayName: displayName ?? '',
    email: email ?? '',
    password: '',
  });
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setIsBusy] = useState(false);
  const isNewAddress = typed.email !== (email ?? '');
  const isChanged = isNewAddress || typed.displayName !== (displayName ?? '');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isChanged) return;
    setIsBusy(true);
    const found = await save(typed);
    setIsBusy(false);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setTyped({ ...typed, password: '' });
    showDone('Your profile is saved.');
    startTransition(() => router.refresh());
  }

  return (
    // By POST, so that a click before this code runs puts no password into an address.
    <form method="post" onSubmit={submit} className="grid gap-4 md:grid-cols-2">
      <TextField
        label="Name"
        value={typed.displayName}
        onChange={(event) => setTyped({ ...typed, displayName: event.target.value })}
        autoComplete="name"
        maxLength={100}
        placeholder={name}
      />
      <TextField label="User name and namespace" isMono value={name} readOnly />
      <TextField
        label="E-mail"
        type="email"
        value={typed.email}
        onChange={(event) => setTyped({ ...typed, email: event.target.value })}
        autoComplete="email"
        required
        maxLength={254}
        help="You can sign in with it in place of your user name."
        className="md:col-span-2"
      />
      {hasPassword && isNewAddress && (
        <TextField
          label="Current password, for the new address"
          type="password"
          value={typed.password}
          onChange={(event) => setTyped({ ...typed, password: event.target.value })}
          autoComplete="current-password"
          required
          error={problems.password}
          className="md:col-span-2"
        />
      )}
      {problems.form && (
        <div className="md:col-span-2">
          <Note kind="danger" isAlert>
            {problems.form}
          </Note>
        </div>
      )}
      <Button
        type="submit"
        variant="primary"
        disabled={isBusy || !isChanged}
        className="justify-self-end md:col-span-2"
      >
        {isBusy ? 'Saving…' : 'Save'}
      </Button>
    </form>
  );
}
