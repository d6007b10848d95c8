import { DatabaseZap, Unplug } from 'lucide-react';
import { ComeBack } from '#components/shell/come-back.tsx';
import { MessageScreen } from '#components/shell/message-screen.tsx';
import { RequestId } from '#components/shell/request-id.tsx';
import type { PageFailure } from '#lib/http/page-failure.ts';

const AWAY = {
  icon: DatabaseZap,
  title: 'Groundstation cannot reach its database',
  text: 'What is stored is unharmed, and you stay signed in. This page tries again every few seconds, and comes back by itself.',
};
const FAILED = {
  icon: Unplug,
  title: 'This page failed',
  text: 'What is stored is unharmed. Try again; if it stays, tell the administrator the request below.',
};

interface FailureProps extends PageFailure {
  /** Whether the shell is around it. */
  isInShell: boolean;
}

/** In place of a page that could not be made: what happened, and how it goes on. */
export function Failure({ isAway, requestId, isInShell }: FailureProps) {
  const { icon: Icon, title, text } = isAway ? AWAY : FAILED;
  const rest = (
    <>
      <p role="status" className="text-text-2">
        {text}
      </p>
      <RequestId id={requestId} />
      <div>
        <ComeBack isWaiting={isAway} />
      </div>
    </>
  );
  if (!isInShell) return <MessageScreen title={title}>{rest}</MessageScreen>;
  return (
    <div className="mx-auto grid max-w-92 justify-items-center gap-3 py-16 text-center">
      <Icon aria-hidden size={20} className="text-text-3" />
      <h1>{title}</h1>
      {rest}
    </div>
  );
}
