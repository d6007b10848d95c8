import { CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { adminPaths } from '#components/admin-paths.ts';
import { formatCount } from '#components/ui/format.ts';
import type { Overview } from '#lib/health/overview.ts';

const MARKS = {
  ok: { icon: CircleCheck, color: 'text-accent', word: 'works' },
  wrong: { icon: TriangleAlert, color: 'text-warning', word: 'needs a look' },
  off: { icon: CircleMinus, color: 'text-text-3', word: 'not set up' },
};

interface LineProps {
  name: string;
  state: keyof typeof MARKS;
  children: ReactNode;
}

function Line({ name, state, children }: LineProps) {
  const { icon: Icon, color, word } = MARKS[state];
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2.5 border-b px-4 py-2 last:border-0">
      <Icon aria-hidden size={16} className={`shrink-0 ${color}`} />
      <span className="font-medium">{name}</span>
      <span className="sr-only">{word}: </span>
      <span className="ml-auto min-w-0 text-right text-13 text-text-2 wrap-anywhere">{children}</span>
    </li>
  );
}

function MailLine({ isSetUp, waiting, failed, failure }: Overview['mail']) {
  if (!isSetUp)
    return (
      <Line name="Mail" state="off">
        Not set up. You hand links over.
      </Line>
    );
  if (waiting + failed === 0)
    return (
      <Line name="Mail" state="ok">
        Nothing waits
      </Line>
    );
  const isLate = failed > 0 || failure !== null;
  return (
    <Line name="Mail" state={isLate ? 'wrong' : 'ok'}>
      <Link href={adminPaths.mail()} className="link">
        {formatCount(waiting)} waiting, {formatCount(failed)} given up
      </Link>
    </Line>
  );
}

/** What the server depends on, and whether it works now. */
export function HealthList({ databaseMs, hasStore, mail }: Overview) {
  return (
    <ul className="rounded-lg border">
      <Line name="Database" state="ok">
        Answered in {databaseMs.toFixed(1)} ms
      </Line>
      <Line name="Blob store" state={hasStore ? 'ok' : 'wrong'}>
        {hasStore ? 'Can be written to' : 'Does not answer, or cannot be written to'}
      </Line>
      <MailLine {...mail} />
    </ul>
  );
}
