import Link from 'next/link';
import type { ActivityQuery } from '#components/paths.ts';
import { classes } from '#components/ui/classes.ts';

const KINDS = [
  { kind: null, title: 'Everything' },
  { kind: 'sign-in', title: 'Sign-ins' },
  { kind: 'account', title: 'Account' },
  { kind: 'token', title: 'Tokens' },
  { kind: 'storage', title: 'Storage' },
  { kind: 'executor', title: 'Executors' },
] as const;

interface KindChipsProps {
  query: ActivityQuery;
  /** The address of the list in another state. */
  hrefOf: (query: ActivityQuery) => string;
}

/** What the list is narrowed to; it stands in the URL. */
export function KindChips({ query, hrefOf }: KindChipsProps) {
  return (
    <nav aria-label="Kinds" className="flex flex-wrap gap-2">
      {KINDS.map(({ kind, title }) => (
        <Link
          key={title}
          href={hrefOf({ ...query, kind, page: 1 })}
          scroll={false}
          aria-current={kind === query.kind ? 'true' : undefined}
          className={classes(
            'inline-flex h-8 items-center rounded-md border px-2.5 text-13 whitespace-nowrap hover:bg-hover',
            kind === query.kind
              ? 'border-line-firm bg-raised font-medium'
              : 'border-dashed border-line-firm text-text-2',
          )}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
