import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bdi } from '#components/ui/bdi.tsx';
import { RelativeTime } from '#components/ui/time.tsx';

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[88px_1fr] gap-2 border-b py-2 last:border-0">
      <dt className="text-text-2">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

interface ProgramFactsProps {
  address: string | null;
  userAgent: string | null;
  askedAt: Date;
  /** Where it waits for the code; null when it needs no address. */
  redirectUri: string | null;
  /** The account that it would act for, and the way to another one. */
  children: ReactNode;
}

/** All that is known of a program, in its own words: nobody has checked them. */
export function ProgramFacts({ address, userAgent, askedAt, redirectUri, children }: ProgramFactsProps) {
  return (
    <dl className="rounded-lg border bg-raised px-4 py-1 text-13">
      <Fact term="Address">
        <span className="font-mono font-medium">{address ?? 'unknown'}</span>
      </Fact>
      <Fact term="User agent">
        {userAgent ? <Bdi className="font-mono">{userAgent}</Bdi> : 'it did not say'}
      </Fact>
      <Fact term="Asked">
        <RelativeTime at={askedAt} />
      </Fact>
      {redirectUri && (
        <Fact term="Listens at">
          <Bdi className="font-mono">{redirectUri}</Bdi>
        </Fact>
      )}
      <Fact term="Account">{children}</Fact>
    </dl>
  );
}

const MAY = ['Change who may see it, and delete it', 'Make and revoke tokens'];

/** What a program may do once it is let in. `until` is a day. */
export function ProgramRights({ namespace, until }: { namespace: string; until: ReactNode }) {
  return (
    <section className="rounded-lg border bg-raised px-4 py-3 text-13">
      <h2 className="text-13 font-medium">It may, until {until}</h2>
      <ul className="mt-1 grid gap-1">
        {[`Push and pull, and see what is in ${namespace}`, ...MAY].map((right) => (
          <li key={right} className="flex gap-2">
            <Check aria-hidden size={16} className="mt-0.5 shrink-0 text-accent" />
            {right}
          </li>
        ))}
        <li className="flex gap-2 text-text-2">
          <X aria-hidden size={16} className="mt-0.5 shrink-0" />
          It may not change your password or e-mail
        </li>
      </ul>
    </section>
  );
}
