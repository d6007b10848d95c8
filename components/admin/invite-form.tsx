'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, startTransition, useState } from 'react';
import { HandedLink } from '#components/admin/handed-link.tsx';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { showDone } from '#components/ui/toast.tsx';

interface Made {
  email: string;
  /** Null when it went by mail. */
  link: string | null;
}

/** Makes an invitation; gives it, or the sentence that says why there is none. */
async function invite(email: string): Promise<Made | string> {
  try {
    const { link } = await rpc<{ link: string | null }>('admin.invitation.create', { email });
    return { email, link };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
}

interface EmailFieldProps {
  email: string;
  onType: (email: string) => void;
  problem: string | null;
  hasMail: boolean;
  isClosed: boolean;
}

function EmailField({ email, onType, problem, hasMail, isClosed }: EmailFieldProps) {
  return (
    <TextField
      label="E-mail (optional)"
      type="email"
      value={email}
      onChange={(event) => onType(event.target.value)}
      autoComplete="off"
      maxLength={254}
      disabled={isClosed}
      error={problem}
      help={
        hasMail
          ? 'The invitation goes there. Without an address you get a link to hand over.'
          : 'This server sends no mail: you get a link to hand over.'
      }
      className="min-w-0 flex-1 basis-72"
    />
  );
}

/** Invites somebody: by mail, or by a link to hand over. */
export function InviteForm({ hasMail, isClosed }: { hasMail: boolean; isClosed: boolean }) {
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    const outcome = await invite(email.trim());
    setIsBusy(false);
    setProblem(typeof outcome === 'string' ? outcome : null);
    if (typeof outcome === 'string') return;
    setMade(outcome);
    setEmail('');
    if (outcome.link === null) showDone(`The invitation goes to ${outcome.email}.`);
    startTransition(() => router.refresh());
  }

  return (
    <>
      {made?.link && (
        <HandedLink
          title={made.email ? `Hand this to ${made.email}` : 'Hand this to the person you invite'}
          link={made.link}
          help="You see it this once. It makes one account, within 7 days."
          onHide={() => setMade(null)}
        />
      )}
      <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
        <EmailField email={email} onType={setEmail} problem={problem} hasMail={hasMail} isClosed={isClosed} />
        <Button type="submit" variant="primary" disabled={isBusy || isClosed} className="mt-6.5">
          {isBusy ? 'Inviting…' : 'Invite'}
        </Button>
      </form>
    </>
  );
}
