'use client';

import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { paths } from '#components/paths.ts';
import { reportFailure, rpc } from '#components/rpc.ts';
import { SessionTable } from '#components/settings/session-table.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { SessionSummary } from '#lib/sessions/list.ts';

/** Ends every session but this one, once the person has said yes. */
function EndOthers({ isDisabled }: { isDisabled: boolean }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);

  async function endOthers(): Promise<void> {
    try {
      const { endedCount } = await rpc<{ endedCount: number }>('user.session.endOthers');
      showDone(
        endedCount === 1 ? 'The other session was signed out.' : `${endedCount} others were signed out.`,
      );
    } catch (error) {
      reportFailure(error);
    }
    startTransition(() => router.refresh());
  }

  return (
    <>
      <Button disabled={isDisabled} onClick={() => setIsOpen(true)}>
        <LogOut aria-hidden size={16} />
        Sign out all others
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title="Sign out everywhere else?"
        action="Sign out"
        onConfirm={() => void endOthers()}
      >
        <p>
          Every other browser and program that is logged in as you fails at its next request. Tokens stay.
        </p>
      </ConfirmDialog>
    </>
  );
}

function days(count: number): string {
  return count === 1 ? 'a day' : `${count} days`;
}

interface SessionsScreenProps {
  sessions: SessionSummary[];
  /** How long a session lasts that nobody uses. */
  idleDays: number;
  /** How long any lasts. */
  maxDays: number;
}

/** Where the person is logged in, and the way to end it. */
export function SessionsScreen({ sessions, idleDays, maxDays }: SessionsScreenProps) {
  const programs = sessions.filter(({ isProgram }) => isProgram);
  const browsers = sessions.filter(({ isProgram }) => !isProgram);
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2>Sessions</h2>
          <p className="mt-0.5 text-text-2">
            Where you are logged in now. A session ends by itself after {days(idleDays)} without use, and{' '}
            {days(maxDays)} after it began.
          </p>
        </div>
        <EndOthers isDisabled={sessions.length < 2} />
      </div>
      <section aria-labelledby="browsers">
        <h3 id="browsers" className="mb-2 font-medium">
          Browsers
        </h3>
        <SessionTable label="Browsers" device="Browser" sessions={browsers} />
      </section>
      {programs.length > 0 && (
        <section aria-labelledby="programs">
          <h3 id="programs" className="font-medium">
            Command line
          </h3>
          <p className="mb-2 text-13 text-text-2">
            From <code className="font-mono">jina auth login</code>. A program says its address and its name,
            nothing else.
          </p>
          <SessionTable label="Command line" device="User agent" sessions={programs} />
        </section>
      )}
      <p className="text-xs text-text-3">
        A session that is signed out fails on its next request. Tokens are not touched; revoke them under{' '}
        <Link href={paths.tokens()} className="link">
          Tokens
        </Link>
        .
      </p>
    </div>
  );
}
