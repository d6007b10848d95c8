import { Nothing } from '#components/list/nothing.tsx';
import { paths, type StorageQuery, type TrashQuery } from '#components/paths.ts';
import { Bdi } from '#components/ui/bdi.tsx';

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
    <Nothing
      clear={filters ? 'Clear the filters' : 'Clear the search'}
      href={paths.storage({ pageSize: query.pageSize })}
    >
      Nothing of yours {filters}
      {query.search && (
        <>
          {filters && ' and'} has <Bdi className="font-semibold">{query.search}</Bdi> in its name
        </>
      )}
      .
    </Nothing>
  );
}

/** The trash when nothing in it is as it was asked for. */
export function NoMatchInTrash({ query }: { query: TrashQuery }) {
  return (
    <Nothing clear="Clear the search" href={paths.trash({ pageSize: query.pageSize })}>
      Nothing in the trash has <Bdi className="font-semibold">{query.search}</Bdi> in its name.
    </Nothing>
  );
}
