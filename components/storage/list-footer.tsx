'use client';

import { ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { PAGE_SIZES, paths, type StorageQuery } from '#components/paths.ts';
import { Button } from '#components/ui/button.tsx';
import { KeyHint } from '#components/ui/key-hint.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import { Pagination } from '#components/ui/pagination.tsx';

const SIZES = PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} a page` }));

function PageSizeMenu({ query }: { query: StorageQuery }) {
  const router = useRouter();
  const choose = (wanted: string) => {
    const pageSize = PAGE_SIZES.find((size) => String(size) === wanted);
    // What was first in sight is not where another size would put it, so it begins anew.
    if (pageSize) router.push(paths.storage({ ...query, pageSize, page: 1 }), { scroll: false });
  };
  return (
    <Menu
      label="Rows of a page"
      align="end"
      trigger={
        <Button variant="quiet" className="text-13 font-normal">
          {query.pageSize} a page
          <ChevronDown aria-hidden size={14} />
        </Button>
      }
    >
      <MenuChoices value={String(query.pageSize)} choices={SIZES} onChange={choose} />
    </Menu>
  );
}

/** Below the list: its keys, what part of it is shown, and the way to the rest. */
export function ListFooter({ query, total }: { query: StorageQuery; total: number }) {
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex gap-3 max-md:hidden">
        <KeyHint keys={['j', 'k']}>move</KeyHint>
        <KeyHint keys={['x']}>select</KeyHint>
        <KeyHint keys={['Delete']}>delete</KeyHint>
      </div>
      <Pagination
        page={query.page}
        pageSize={query.pageSize}
        total={total}
        hrefOf={(page) => paths.storage({ ...query, page })}
      >
        <PageSizeMenu query={query} />
      </Pagination>
    </div>
  );
}
