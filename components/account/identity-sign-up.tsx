'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { Gate } from '#components/account/gate.tsx';
import { NameField } from '#components/account/name-field.tsx';
import { NamespacePreview } from '#components/account/namespace-preview.tsx';
import { makeProviderAccount } from '#components/account/session.ts';
import { paths } from '#components/paths.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Note } from '#components/ui/note.tsx';
import { namespaceProblem } from '#lib/names/namespace.ts';

interface IdentitySignUpProps {
  /** Such as `http://127.0.0.1:3000`. */
  serverAddress: string;
  /** What the provider is called, and the person there. */
  title: string;
  label: string;
  proposedName: string;
  displayName: string | null;
  quotaBytes: number;
  /** Null: kept for ever. */
  retentionDays: number | null;
  returnPath: string;
}

interface FormProps extends Pick<IdentitySignUpProps, 'displayName' | 'returnPath'> {
  name: string;
  onNameChange: (name: string) => void;
}

function IdentityForm({ name, onNameChange, displayName, returnPath }: FormProps) {
  const [nameProblem, setNameProblem] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const unfit = namespaceProblem(name);
    setNameProblem(unfit);
    if (unfit) return;
    setIsBusy(true);
    const failure = await makeProviderAccount(name, String(form.get('displayName')));
    setIsBusy(false);
    setProblem(failure);
    // A full load, so that nothing from before the sign-in is shown.
    if (!failure) location.assign(returnPath);
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField
        label="Name (optional)"
        name="displayName"
        defaultValue={displayName ?? ''}
        autoComplete="name"
        maxLength={100}
      />
      <NameField name={name} onChange={onNameChange} problem={nameProblem} />
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? 'Creating the account…' : 'Create the account'}
      </Button>
    </form>
  );
}

/** Where somebody whom a provider has sent makes their account. */
export function IdentitySignUp(props: IdentitySignUpProps) {
  const { serverAddress, title, label, proposedName, quotaBytes, retentionDays } = props;
  const [name, setName] = useState(proposedName);
  return (
    <Gate
      title="Choose your user name"
      subtitle={`on ${new URL(serverAddress).host}`}
      asideLabel="Your namespace"
      aside={<NamespacePreview name={name} quotaBytes={quotaBytes} retentionDays={retentionDays} />}
    >
      <Note kind="info">
        You come from {title} as <Bdi>{label}</Bdi>. Nobody here signs in by that yet, so this makes a new
        account.
      </Note>
      <IdentityForm {...props} name={name} onNameChange={setName} />
      <p className="text-13 text-text-2">
        You have an account?{' '}
        <Link href={paths.login(paths.signInMethods())} className="link">
          Sign in to it
        </Link>{' '}
        and link {title} in the settings.
      </p>
    </Gate>
  );
}
