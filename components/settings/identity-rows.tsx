'use client';

import { GitBranch, KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { goToProvider } from '#components/account/session.ts';
import { paths } from '#components/paths.ts';
import { reportFailure, rpc } from '#components/rpc.ts';
import { MethodRow } from '#components/settings/method-row.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import { showDone, showFailure } from '#components/ui/toast.tsx';
import type { IdentitySummary, ProviderChoice } from '#lib/identities/list.ts';

function iconOf(provider: string) {
  return provider === 'github' ? GitBranch : KeyRound;
}

/** Somebody of a provider by whom the person signs in, and the way to end that. */
export function IdentityRow({ identity, isOnly }: { identity: IdentitySummary; isOnly: boolean }) {
  const { id, provider, title, label, createdAt, lastUsedAt } = identity;
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);

  async function unlink(): Promise<void> {
    try {
      await rpc('user.identity.unlink', { id });
      showDone(`${title} is unlinked.`);
    } catch (error) {
      reportFailure(error);
    }
    // Without what the address says of a linking.
    startTransition(() => router.replace(paths.signInMethods()));
    startTransition(() => router.refresh());
  }

  return (
    <MethodRow
      icon={iconOf(provider)}
      title={title}
      facts={
        <>
          <Bdi>{label}</Bdi>, linked <RelativeTime at={createdAt} />
          {lastUsedAt ? (
            <>
              , used <RelativeTime at={lastUsedAt} />
            </>
          ) : (
            ', not used yet'
          )}
        </>
      }
    >
      {isOnly ? (
        <span className="text-xs text-text-3">Your only way in</span>
      ) : (
        <Button variant="quiet" aria-label={`Unlink ${title}`} onClick={() => setIsOpen(true)}>
          Unlink
        </Button>
      )}
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Unlink ${title}?`}
        action="Unlink"
        onConfirm={() => void unlink()}
      >
        <p>
          You do not sign in as <Bdi>{label}</Bdi> any more. Sessions stay until you end them.
        </p>
      </ConfirmDialog>
    </MethodRow>
  );
}

/** A provider that is not linked yet. */
export function ProviderRow({ provider: { key, title } }: { provider: ProviderChoice }) {
  const [isGoing, setIsGoing] = useState(false);

  async function link(): Promise<void> {
    setIsGoing(true);
    const failure = await goToProvider(key, 'link', paths.signInMethods());
    if (!failure) return;
    setIsGoing(false);
    showFailure(failure, null);
  }

  return (
    <MethodRow icon={iconOf(key)} title={title} facts="Not linked">
      <Button disabled={isGoing} aria-label={`Link ${title}`} onClick={() => void link()}>
        Link
      </Button>
    </MethodRow>
  );
}
