'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Gate } from '#components/account/gate.tsx';
import { NamespacePreview } from '#components/account/namespace-preview.tsx';
import { OrDivider, ProviderButtons } from '#components/account/provider-buttons.tsx';
import { type Invitation, SignUpForm } from '#components/account/sign-up-form.tsx';
import { paths } from '#components/paths.ts';
import { Note } from '#components/ui/note.tsx';
import type { ProviderChoice } from '#lib/identities/list.ts';

interface SignUpScreenProps {
  /** Such as `http://127.0.0.1:3000`. */
  serverAddress: string;
  setupCode: string | null;
  invitation: Invitation | null;
  quotaBytes: number;
  /** Null: kept for ever. */
  retentionDays: number | null;
  /** By which an account can be made too. */
  providers: ProviderChoice[];
}

/** Sign-up: the form, and a preview of the namespace beside it. */
export function SignUpScreen(props: SignUpScreenProps) {
  const { serverAddress, setupCode, invitation, quotaBytes, retentionDays, providers } = props;
  const [name, setName] = useState('');
  return (
    <Gate
      title={setupCode ? 'Set up this server' : 'Sign up'}
      subtitle={`on ${new URL(serverAddress).host}`}
      asideLabel="Your namespace"
      aside={<NamespacePreview name={name} quotaBytes={quotaBytes} retentionDays={retentionDays} />}
    >
      {setupCode && <Note kind="ok">This is the first account. It is the administrator's.</Note>}
      {invitation && <Note kind="ok">You are invited. The link works for one account.</Note>}
      {providers.length > 0 && (
        <>
          <ProviderButtons providers={providers} kind="sign-in" from={paths.storage()} />
          <OrDivider />
        </>
      )}
      <SignUpForm name={name} onNameChange={setName} setupCode={setupCode} invitation={invitation} />
      <p className="text-13 text-text-2">
        You have an account?{' '}
        <Link href={paths.login()} className="link">
          Sign in
        </Link>
      </p>
    </Gate>
  );
}
