import { ListPages } from '#components/list/list-pages.tsx';
import { paths, type StorageQuery } from '#components/paths.ts';
import { KeyHint } from '#components/ui/key-hint.tsx';

/** Below the artifacts: what the keys do, and the other pages. */
export function ListFooter({ query, total }: { query: StorageQuery; total: number }) {
  return (
    <ListPages
      page={query.page}
      pageSize={query.pageSize}
      total={total}
      hrefOf={(change) => paths.storage({ ...query, ...change })}
    >
      <KeyHint keys={['j', 'k']}>move</KeyHint>
      <KeyHint keys={['x']}>select</KeyHint>
      <KeyHint keys={['Enter']}>open</KeyHint>
      <KeyHint keys={['Delete']}>delete</KeyHint>
    </ListPages>
  );
}
