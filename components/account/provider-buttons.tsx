'use client';

import { GitBranch, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { goToProvider, type ProviderErrand } from '#components/account/session.ts';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import type { ProviderChoice } from '#lib/identities/list.ts';

interface ProviderButtonsProps {
  providers: ProviderChoice[];
  kind: ProviderErrand;
  /** A path of this server, to go to afterwards. */
  from: string;
}

/** A button for each provider, which goes there. */
export function ProviderButtons({ providers, kind, from }: ProviderButtonsProps) {
  const [going, setGoing] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function go(key: string): Promise<void> {
    setGoing(key);
    const failure = await goToProvider(key, kind, from);
    setProblem(failure);
    if (failure) setGoing(null);
  }

  return (
    <div className="grid gap-2">
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      {providers.map(({ key, title }) => {
        const Icon = key === 'github' ? GitBranch : KeyRound;
        return (
          <Button key={key} disabled={going !== null} onClick={() => void go(key)} className="min-w-0">
            <Icon aria-hidden size={16} className="shrink-0" />
            <span className="truncate">
              {going === key ? `Going to ${title}…` : `Continue with ${title}`}
            </span>
          </Button>
        );
      })}
    </div>
  );
}

/** Between two ways of doing the same. */
export function OrDivider() {
  return (
    <div className="flex items-center gap-3 text-13 text-text-2">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
