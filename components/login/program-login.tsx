'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { signOut } from '#components/account/session.ts';
import { Countdown } from '#components/login/countdown.tsx';
import { ProgramFacts, ProgramRights } from '#components/login/program-facts.tsx';
import { ProgramLoginScreen } from '#components/login/program-login-screen.tsx';
import { paths } from '#components/paths.ts';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import { NowProvider } from '#components/ui/now.tsx';
import { ExactTime } from '#components/ui/time.tsx';

interface ProgramLoginProps {
  /** The secret of the program's link. */
  request: string;
  login: { address: string | null; userAgent: string | null; askedAt: Date; expiresAt: Date };
  account: { name: string; displayName: string | null };
  /** Where the person is, when the program seems to be elsewhere. */
  otherAddress: string | null;
  /** When its session would end. */
  until: Date;
  host: string;
  /** In milliseconds since 1970. */
  serverNow: number;
}

const DECIDED = {
  approved: ['You are logged in', 'Go back to your program. You can close this page.'],
  denied: ['You denied it', 'The program was told, and can do nothing. You can close this page.'],
} as const;

/** Sends the decision; gives the sentence that says why it failed, or null. */
async function decide(request: string, isApproved: boolean): Promise<string | null> {
  try {
    await rpc('user.login.decide', { request, isApproved });
    return null;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
}

interface DecisionProps {
  /** The safe button comes first, for the eye and for the Tab key. */
  isSuspicious: boolean;
  isBusy: boolean;
  onDecide(isApproved: boolean): void;
}

function Decision({ isSuspicious, isBusy, onDecide }: DecisionProps) {
  const button = (isApproved: boolean) => (
    <Button
      key={String(isApproved)}
      variant={isApproved === isSuspicious ? 'plain' : 'primary'}
      className="flex-1"
      disabled={isBusy}
      onClick={() => onDecide(isApproved)}
    >
      {isApproved ? 'Approve' : 'Deny'}
    </Button>
  );
  return (
    <div className="mt-2 flex gap-2">
      {isSuspicious ? [button(false), button(true)] : [button(true), button(false)]}
    </div>
  );
}

/** Shows who asks, and lets the person approve or deny it; nothing is approved without a click. */
export function ProgramLogin(props: ProgramLoginProps) {
  const { request, login, account, otherAddress, until, host, serverNow } = props;
  const router = useRouter();
  const [outcome, setOutcome] = useState<keyof typeof DECIDED | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function answer(isApproved: boolean): Promise<void> {
    setIsBusy(true);
    const failure = await decide(request, isApproved);
    setIsBusy(false);
    setProblem(failure);
    if (!failure) setOutcome(isApproved ? 'approved' : 'denied');
  }

  async function useAnother(): Promise<void> {
    setIsBusy(true);
    const failure = await signOut();
    setIsBusy(false);
    setProblem(failure);
    // A full load, so that nothing of this account stays.
    if (!failure) location.assign(paths.login(paths.programLogin(request)));
  }

  if (outcome) {
    const [title, subtitle] = DECIDED[outcome];
    return <ProgramLoginScreen title={title} subtitle={subtitle} host={host} />;
  }
  return (
    <NowProvider serverNow={serverNow}>
      <ProgramLoginScreen
        title="A program wants to log in as you"
        subtitle="Approve it only if you started this yourself, just now."
        host={host}
      >
        {otherAddress && (
          <Note kind="danger">
            The program asks from <b className="font-mono">{login.address}</b>, and you are at{' '}
            <b className="font-mono">{otherAddress}</b>. Deny it unless you started it on that other machine.
          </Note>
        )}
        {problem && (
          <Note kind="danger" isAlert>
            {problem}
          </Note>
        )}
        <ProgramFacts {...login}>
          <span className="flex justify-between gap-2">
            <span>
              <b className="font-medium">{account.displayName ?? account.name}</b>{' '}
              {account.displayName && <span className="font-mono text-text-2">{account.name}</span>}
            </span>
            <button type="button" className="link" disabled={isBusy} onClick={useAnother}>
              Use another
            </button>
          </span>
        </ProgramFacts>
        <ProgramRights namespace={account.name} until={<ExactTime at={until} />} />
        <Decision isSuspicious={otherAddress !== null} isBusy={isBusy} onDecide={answer} />
        <p className="text-xs text-text-2">
          This request ends by itself in{' '}
          <Countdown leftMs={login.expiresAt.getTime() - serverNow} onEnd={() => router.refresh()} />.
        </p>
      </ProgramLoginScreen>
    </NowProvider>
  );
}
