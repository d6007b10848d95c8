import Link from 'next/link';
import { paths, type StorageQuery } from '#components/paths.ts';

/** What was asked for besides the name, in words. */
function filtersOf({ type, access, isExpiring }: StorageQuery): string {
  const words = [];
  if (isExpiring) words.push('expires soon');
  if (access) words.push(`is ${access}`);
  if (type) words.push(type === 'documentArray' ? 'is a DocumentArray' : 'is another kind of file');
  return words.join(' and ');
}

/** The list when nothing is as it was asked for. */
export function NoMatch({ query }: { query: StorageQuery }) {
  const filters = filtersOf(query);
  return (
    <div className="border-y py-12 text-center">
      <p className="wrap-anywhere">
        Nothing of yours {filters}
        {query.search && (
          <>
            {filters && ' and'} has <b className="font-semibold">{query.search}</b> in its name
          </>
        )}
        .
      </p>
      <p className="mt-2">
        <Link href={paths.storage({ pageSize: query.pageSize })} className="link">
          {filters ? 'Clear the filters' : 'Clear the search'}
        </Link>
      </p>
    </div>
  );
}
