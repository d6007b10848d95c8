import { BadgeCheck } from 'lucide-react';
import { adminPaths, type UserSort, type UsersQuery } from '#components/admin-paths.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { classes } from '#components/ui/classes.ts';
import { formatBytes } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import { columnSort } from '#components/ui/table/column.ts';
import type { Column } from '#components/ui/table.tsx';
import { DayOf, RelativeTime } from '#components/ui/time.tsx';
import type { AccountRow } from '#lib/accounts/page.ts';

/** The way in which people expect a column first. */
export function firstDirectionOf(sort: UserSort): 1 | -1 {
  return sort === 'name' ? 1 : -1;
}

function sortBy(query: UsersQuery, sort: UserSort) {
  return columnSort({
    current: query.sort === sort ? query.direction : null,
    first: firstDirectionOf(sort),
    hrefOf: (direction) => adminPaths.users({ ...query, sort, direction, page: 1 }),
  });
}

function Badge({ children }: { children: string }) {
  return <span className="shrink-0 rounded-sm border px-1.5 text-xs text-text-2">{children}</span>;
}

function NameCell({ name, displayName, isAdmin, isDisabled }: AccountRow) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <span className={classes('min-w-0 font-medium wrap-anywhere', isDisabled && 'text-text-2')}>
        <Bdi>{displayName ?? name}</Bdi>
      </span>
      {displayName && <span className="font-mono text-13 text-text-2 wrap-anywhere">{name}</span>}
      {isAdmin && <Badge>Administrator</Badge>}
      {isDisabled && <Badge>Disabled</Badge>}
    </span>
  );
}

function EmailCell({ email, isVerified }: AccountRow) {
  if (!email) return <span className="text-text-3">no e-mail</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={email}>
      <span className="min-w-0 max-md:wrap-anywhere md:truncate">{email}</span>
      {isVerified && (
        <>
          <BadgeCheck aria-hidden size={14} className="shrink-0 text-accent" />
          <span className="sr-only">confirmed</span>
        </>
      )}
    </span>
  );
}

/** From where on space is short, as the colour of the meter. */
function colorOf(share: number): string {
  if (share >= 1) return 'bg-danger-mark';
  return share >= 0.9 ? 'bg-warning-mark' : 'bg-data-1';
}

function SpaceCell({ usedBytes, quotaBytes }: AccountRow) {
  const share = quotaBytes > 0 ? usedBytes / quotaBytes : 1;
  const words = `${formatBytes(usedBytes)} of ${formatBytes(quotaBytes)}`;
  return (
    <span className="flex items-center gap-2.5">
      <Meter
        label={`${Math.round(share * 100)} percent used`}
        total={quotaBytes}
        parts={usedBytes > 0 ? [{ label: 'Used', value: usedBytes, color: colorOf(share) }] : []}
        className="w-16 shrink-0 max-xl:hidden"
      />
      <span className="tabular-nums">{words}</span>
    </span>
  );
}

/** What is known of accounts. */
export function userColumns(query: UsersQuery): Column<AccountRow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      cardPlace: 'title',
      sort: sortBy(query, 'name'),
      cell: (row) => <NameCell {...row} />,
    },
    {
      id: 'email',
      header: 'E-mail',
      cardPlace: 'fact',
      className: 'text-text-2 max-md:max-w-full md:max-wide:hidden wide:w-60',
      cell: (row) => <EmailCell {...row} />,
    },
    {
      id: 'used',
      header: 'Space',
      cardPlace: 'fact',
      sort: sortBy(query, 'used'),
      className: 'md:w-44 xl:w-64',
      cell: (row) => <SpaceCell {...row} />,
    },
    {
      id: 'created',
      header: 'Created',
      cardPlace: 'away',
      sort: sortBy(query, 'created'),
      className: 'text-text-2 max-xl:hidden xl:w-28',
      cell: ({ createdAt }) => <DayOf at={createdAt} />,
    },
    {
      id: 'seen',
      header: 'Last seen',
      cardPlace: 'fact',
      sort: sortBy(query, 'seen'),
      className: 'text-text-2 md:w-32',
      cell: ({ lastSeenAt }) =>
        lastSeenAt ? (
          <>
            <span className="md:hidden">seen </span>
            <RelativeTime at={lastSeenAt} />
          </>
        ) : (
          'not signed in'
        ),
    },
  ];
}
