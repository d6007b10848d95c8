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
}

interface Profile {
  displayName: string;
  email: string;
}

/** Saves what was typed; gives the sentence that says why it failed, or null. */
async function save(profile: Profile): Promise<string | null> {
  try {
    await rpc('user.identity.updateProfile', profile);
    return null;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
}

/** The person's names and address; what was typed stays when saving fails. */
export function ProfileForm({ name, displayName, email }: ProfileFormProps) {
  const router = useRouter();
  const [typed, setTyped] = useState<Profile>({ displayName: displayName ?? '', email: email ?? '' });
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isChanged = typed.displayName !== (displayName ?? '') || typed.email !== (email ?? '');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isChanged) return;
    setIsBusy(true);
    const failure = await save(typed);
    setIsBusy(false);
    setProblem(failure);
    if (failure) return;
    showDone('Your profile is saved.');
    startTransition(() => router.refresh());
  }

  return (
    <form onSubmit={submit} className="grid gap-4 md:grid-cols-2">
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
      {problem && (
        <div className="md:col-span-2">
          <Note kind="danger" isAlert>
            {problem}
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
