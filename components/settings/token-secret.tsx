'use client';

import { CircleCheck, X } from 'lucide-react';
import type { NewToken } from '#components/settings/token-form.tsx';
import { connectSnippet } from '#components/snippets.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { IconButton } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';

interface TokenSecretProps {
  made: NewToken;
  serverAddress: string;
  onHide: () => void;
}

/** A new token's text, shown this once, and how to use it. */
export function TokenSecret({ made, serverAddress, onHide }: TokenSecretProps) {
  return (
    <div role="status" className="grid grid-cols-1 gap-3 rounded-lg border border-accent bg-raised p-4">
      <div className="flex items-center gap-2">
        <CircleCheck aria-hidden size={16} className="shrink-0 text-accent" />
        <b className="min-w-0 flex-1 font-medium wrap-anywhere">
          <Bdi>{made.name}</Bdi> is ready. Copy it now.
        </b>
        <IconButton icon={X} label="I have copied it, hide it" onClick={onHide} />
      </div>
      <div className="flex flex-wrap items-center gap-2 rounded-lg border py-1 pr-1 pl-3.5">
        <code data-testid="token" className="min-w-0 flex-1 font-mono text-13 wrap-anywhere">
          {made.token}
        </code>
        <CopyButton text={made.token} label="Copy the token" isMain />
      </div>
      <p className="text-13 text-text-2">
        You see it this once. Only its fingerprint is stored here, so nobody can show it again.
      </p>
      <CodeBlock label="Use the token in a shell" code={connectSnippet(serverAddress, made.token)} />
    </div>
  );
}
