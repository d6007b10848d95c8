'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { ExpiringNote } from '#components/settings/token-expiry.tsx';
import { type NewToken, TokenForm } from '#components/settings/token-form.tsx';
import { TokenSecret } from '#components/settings/token-secret.tsx';
import { TokenTable } from '#components/settings/token-table.tsx';
import type { TokenSummary } from '#lib/tokens/list.ts';

interface TokensScreenProps {
  tokens: TokenSummary[];
  serverAddress: string;
  /** Whether the person came to make one. */
  isNew: boolean;
}

/** Makes, lists and revokes tokens. */
export function TokensScreen({ tokens, serverAddress, isNew }: TokensScreenProps) {
  const router = useRouter();
  const [made, setMade] = useState<NewToken | null>(null);

  function show(token: NewToken): void {
    setMade(token);
    startTransition(() => router.refresh());
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <div>
        <h2>Tokens</h2>
        <p className="mt-0.5 text-text-2">
          For notebooks and machines. A token stands for you, as far as you let it, until it expires or you
          revoke it.
        </p>
      </div>
      {made && <TokenSecret made={made} serverAddress={serverAddress} onHide={() => setMade(null)} />}
      <ExpiringNote tokens={tokens} />
      <TokenForm hasFocus={isNew} onCreated={show} />
      {tokens.length > 0 && (
        <section aria-label="Your tokens">
          <TokenTable tokens={tokens} onReplaced={show} />
          <p className="mt-3 text-xs text-text-3">A revoked token fails on its next request.</p>
        </section>
      )}
    </div>
  );
}
