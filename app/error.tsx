'use client';

import { MessageScreen } from '#components/shell/message-screen.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';

interface ErrorPageProps {
  /** `digest` is how the server's log names the failure; absent when it happened in the browser. */
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <MessageScreen title="This page failed">
      <p className="text-text-2">
        What is stored is unharmed. Try again; if it stays, tell the administrator.
      </p>
      {error.digest && (
        <p className="flex items-center gap-1 text-13 text-text-2">
          Error <code className="font-mono">{error.digest}</code>
          <CopyButton text={error.digest} label="Copy the error's number" />
        </p>
      )}
      <div>
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      </div>
    </MessageScreen>
  );
}
