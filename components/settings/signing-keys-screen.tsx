'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { SigningKeyForm } from '#components/settings/signing-key-form.tsx';
import { SigningKeyTable } from '#components/settings/signing-key-table.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { SigningKeySummary } from '#lib/signing-keys/list.ts';

/** Adds, lists and removes the public keys of a namespace. */
export function SigningKeysScreen({ keys }: { keys: SigningKeySummary[] }) {
  const router = useRouter();

  function showAdded(name: string): void {
    showDone(
      <>
        Signatures by <Bdi>{name}</Bdi> count from now on.
      </>,
    );
    startTransition(() => router.refresh());
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <div>
        <h2>Signing keys</h2>
        <p className="mt-0.5 text-text-2">
          Public keys by which the images of your Executors are verified. Sign with cosign where you are, and
          attach the signature on the Executor’s page, under Images.
        </p>
      </div>
      <SigningKeyForm onAdded={showAdded} />
      {keys.length > 0 && (
        <section aria-label="Your signing keys">
          <SigningKeyTable keys={keys} />
        </section>
      )}
    </div>
  );
}
