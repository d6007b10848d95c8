'use client';

import { ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { PAGE_SIZES, type PageSize } from '#components/list-query.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import { Pagination } from '#components/ui/pagination.tsx';

const SIZES = PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} a page` }));

interface Place {
  /** Counted from 1. */
  page: number;
  pageSize: PageSize;
}

interface ListPagesProps extends Place {
  /** Of all pages. */
  total: number;
  hrefOf: (change: Partial<Place>) => string;
  /** The list's keys. */
  children: ReactNode;
}

function PageSizeMenu({ pageSize, hrefOf }: Pick<ListPagesProps, 'pageSize' | 'hrefOf'>) {
  const router = useRouter();
  const choose = (wanted: string) => {
    const size = PAGE_SIZES.find((one) => String(one) === wanted);
    // What was first in sight is not where another size would put it, so it begins anew.
    if (size) router.push(hrefOf({ pageSize: size, page: 1 }), { scroll: false });
  };
  return (
    <Menu
      label="Rows of a page"
      align="end"
      trigger={
        <Button variant="quiet" className="text-13 font-normal">
          {pageSize} a page
          <ChevronDown aria-hidden size={14} />
        </Button>
      }
    >
      <MenuChoices value={String(pageSize)} choices={SIZES} onChange={choose} />
    </Menu>
  );
}

/** Below a list: its keys, what part of it is shown, and the way to the rest. */
export function ListPages({ page, pageSize, total, hrefOf, children }: ListPagesProps) {
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex gap-3 max-md:hidden">{children}</div>
      <Pagination page={page} pageSize={pageSize} total={total} hrefOf={(wanted) => hrefOf({ page: wanted })}>
        <PageSizeMenu pageSize={pageSize} hrefOf={hrefOf} />
      </Pagination>
    </div>
  );
}
