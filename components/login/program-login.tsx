'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { signOut } from '#components/account/session.ts';
import { Countdown } from '#components/login/countdown.tsx';
import { decide } from '#components/login/decide.ts';
import { ProgramFacts, ProgramRights } from '#components/login/program-facts.tsx';
import { ProgramLoginScreen } from '#components/login/program-login-screen.tsx';
import { paths } from '#components/paths.ts';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import { NowProvider } from '#components/ui/now.tsx';
import { ExactTime } from '#components/ui/time.tsx';

interface ProgramLoginProps {
  /** The secret of the program's link. */
  request: string;
  login: {
    address: string | null;
    userAgent: string | null;
    askedAt: Date;
    expiresAt: Date;
    redirectUri: string | null;
  };
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

interface PendingProps extends Omit<ProgramLoginProps, 'request' | 'serverNow'> {
  problem: string | null;
  isBusy: boolean;
  leftMs: number;
  onDecide(isApproved: boolean): void;
  onOther(): void;
  onEnd(): void;
}

function Elsewhere({ program, person }: { program: string | null; person: string }) {
  return (
    <Note kind="danger">
      The program asks from <b className="font-mono">{program}</b>, and you are at{' '}
      <b className="font-mono">{person}</b>. Deny it unless you started it on that other machine.
    </Note>
  );
}

function Pending({ login, account, otherAddress, until, host, ...state }: PendingProps) {
  return (
    <ProgramLoginScreen
      title="A program wants to log in as you"
      subtitle="Approve it only if you started this yourself, just now."
      host={host}
    >
      {otherAddress && <Elsewhere program={login.address} person={otherAddress} />}
      {state.problem && (
        <Note kind="danger" isAlert>
          {state.problem}
        </Note>
      )}
      <ProgramFacts {...login}>
        <span className="flex justify-between gap-2">
          <span>
            <b className="font-medium">{account.displayName ?? account.name}</b>{' '}
            {account.displayName && <span className="font-mono text-text-2">{account.name}</span>}
          </span>
          <button type="button" className="link" disabled={state.isBusy} onClick={state.onOther}>
            Use another
          </button>
        </span>
      </ProgramFacts>
      <ProgramRights namespace={account.name} until={<ExactTime at={until} />} />
      <Decision isSuspicious={otherAddress !== null} isBusy={state.isBusy} onDecide={state.onDecide} />
      <p className="text-xs text-text-2">
        This request ends by itself in <Countdown leftMs={state.leftMs} onEnd={state.onEnd} />.
      </p>
    </ProgramLoginScreen>
  );
}

/** Shows who asks, and lets the person approve or deny it; nothing is approved without a click. */
export function ProgramLogin({ request, serverNow, ...shown }: ProgramLoginProps) {
  const router = useRouter();
  const [outcome, setOutcome] = useState<keyof typeof DECIDED | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function attempt(work: () => Promise<string | null>): Promise<boolean> {
    setIsBusy(true);
    const failure = await work();
    setIsBusy(false);
    setProblem(failure);
    return failure === null;
  }

  async function answer(isApproved: boolean): Promise<void> {
    if (await attempt(() => decide(request, isApproved))) setOutcome(isApproved ? 'approved' : 'denied');
  }

  async function useAnother(): Promise<void> {
    // A full load, so that nothing of this account stays.
    if (await attempt(signOut)) location.assign(paths.login(paths.programLogin(request)));
  }

  if (outcome) {
    const [title, subtitle] = DECIDED[outcome];
    return <ProgramLoginScreen title={title} subtitle={subtitle} host={shown.host} />;
  }
  return (
    <NowProvider serverNow={serverNow}>
      <Pending
        {...shown}
        problem={problem}
        isBusy={isBusy}
        leftMs={shown.login.expiresAt.getTime() - serverNow}
        onDecide={answer}
        onOther={useAnother}
        onEnd={() => router.refresh()}
      />
    </NowProvider>
  );
}
