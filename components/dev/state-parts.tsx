import { Part, PartGroup } from '#components/dev/part.tsx';
import { DEFAULT_STORAGE_QUERY } from '#components/paths.ts';
import { NoMatch } from '#components/storage/no-match.tsx';

const QUERIES = [
  { ...DEFAULT_STORAGE_QUERY, search: 'penguins' },
  { ...DEFAULT_STORAGE_QUERY, search: 'penguins', isExpiring: true, access: 'public' as const },
];

/** What a page shows in place of things. */
export function StateParts() {
  return (
    <PartGroup title="Nothing to show">
      <Part title="No match">
        {QUERIES.map((query) => (
          <div key={String(query.isExpiring)} className="flex-1">
            <NoMatch query={query} />
          </div>
        ))}
      </Part>
    </PartGroup>
  );
}
