'use client';

import { Clock } from 'lucide-react';
import { Bdi } from '#components/ui/bdi.tsx';
import { formatRelative } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { useNow } from '#components/ui/now.tsx';
import { EndTime } from '#components/ui/time.tsx';
import type { TokenSummary } from '#lib/tokens/list.ts';

const DAY_MS = 86_400_000;
/** So long before its end a token is pointed out. */
const WARN_DAYS = 7;
/** More names than that are no help. */
const MAX_NAMES = 3;

type Lasting = Pick<TokenSummary, 'name' | 'expiresAt' | 'replacedAt'>;

/** Whether it is about to end and nothing has taken its place. */
function endsSoon({ expiresAt, replacedAt }: Lasting, now: number): boolean {
  return expiresAt !== null && replacedAt === null && expiresAt.getTime() - now < WARN_DAYS * DAY_MS;
}

/** The day on which a token ends; a mark when that is soon, and in words when another has taken its place. */
export function TokenExpiry(token: Lasting) {
  const now = useNow();
  const { expiresAt, replacedAt } = token;
  if (replacedAt)
    return (
      <span className="flex flex-wrap gap-x-1">
        <span className="text-13">Being replaced, until</span>
        <EndTime at={expiresAt} endless="Never" hasTerm hasClock />
      </span>
    );
  const isWithinADay = expiresAt !== null && expiresAt.getTime() - now <= DAY_MS;
  if (!expiresAt || isWithinADay || !endsSoon(token, now))
    return <EndTime at={expiresAt} endless="Never expires" />;
  const iso = expiresAt.toISOString();
  return (
    <time
      dateTime={iso}
      title={iso}
      className="inline-flex h-6 items-center gap-1 rounded-sm bg-warning-soft px-1.5 text-xs font-medium whitespace-nowrap text-warning"
    >
      <Clock aria-hidden size={14} />
      Ends {formatRelative(expiresAt.getTime(), now)}
    </time>
  );
}

/** Says which tokens end within the next days, while there is time to replace them. */
export function ExpiringNote({ tokens }: { tokens: TokenSummary[] }) {
  const now = useNow();
  const ending = tokens.filter((token) => endsSoon(token, now));
  if (ending.length === 0) return null;
  const named = ending.slice(0, MAX_NAMES);
  const more = ending.length - named.length;
  return (
    <Note kind="info">
      {ending.length === 1 ? 'One token ends' : `${ending.length} tokens end`} within {WARN_DAYS} days:{' '}
      {named.map(({ name }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Bdi>{name}</Bdi>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}. Replace what you still need: its program goes on with a new text.
    </Note>
  );
}
