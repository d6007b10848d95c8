'use client';

import { useLayoutEffect } from 'react';
import { MessageScreen } from '#components/shell/message-screen.tsx';
import { RequestId } from '#components/shell/request-id.tsx';
import { restoreTheme } from '#components/shell/theme.ts';
import { Button } from '#components/ui/button.tsx';

interface ErrorPageProps {
  /** `digest` is how the server's log names the failure; absent when it happened in the browser. */
  error: Error & { digest?: string };
  reset: () => void;
}

/** For what no page expected: what a page knows how to say, it says itself (`orFailure`). */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  // Next draws this page in the browser, where the script in the head does not run again.
  useLayoutEffect(restoreTheme, []);
  return (
    <MessageScreen title="This page failed">
      <p className="text-text-2">
        What is stored is unharmed. Try again; if it stays, tell the administrator
        {error.digest ? ' the request below' : ''}.
      </p>
      {error.digest && <RequestId id={error.digest} />}
      <div>
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      </div>
    </MessageScreen>
  );
}
