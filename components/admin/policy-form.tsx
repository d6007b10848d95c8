'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { CurrentPolicy, SignUpPolicy } from '#lib/accounts/policy.ts';

const OPTIONS = [
  { value: 'open', label: 'Open', help: 'Anyone who reaches this server.' },
  { value: 'invite', label: 'By invitation', help: 'Only with a link from an administrator.' },
  { value: 'closed', label: 'Closed', help: 'Accounts from the command line only.' },
] as const;

const ORIGINS = {
  choice: 'An administrator chose this; it wins over the variable SIGN_UP.',
  variable: 'The variable SIGN_UP says this. What you choose here wins over it.',
  default: 'This is the default. What you choose here stays until somebody chooses again.',
};

/** Who may sign up, as chosen at once. */
export function PolicyForm({ policy, from }: CurrentPolicy) {
  const router = useRouter();
  const [shown, show] = useOptimistic<SignUpPolicy, SignUpPolicy>(policy, (_, chosen) => chosen);

  function choose(wanted: SignUpPolicy | 'default', words: string): void {
    startTransition(async () => {
      if (wanted !== 'default') show(wanted);
      try {
        await rpc('admin.signUp.setPolicy', { policy: wanted });
        showDone(words);
      } catch (error) {
        reportFailure(error);
      }
      startTransition(() => router.refresh());
    });
  }

  return (
    <div className="grid gap-3">
      <RadioGroup
        labelledBy="sign-up"
        value={shown}
        options={OPTIONS}
        onChange={(wanted) => choose(wanted, 'Who may sign up is changed.')}
      />
      <p className="text-xs text-text-2">
        {ORIGINS[from]}{' '}
        {from === 'choice' && (
          <button
            type="button"
            className="link"
            onClick={() => choose('default', 'The server decides again who may sign up.')}
          >
            Go back to what the server says
          </button>
        )}
      </p>
    </div>
  );
}
