import { ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '#components/ui/format.ts';

interface PaginationProps {
  /** Counted from 1. */
  page: number;
  pageSize: number;
  total: number;
  hrefOf: (page: number) => string;
  /** Between the numbers and the pages, such as the choice of a page's size. */
  children?: ReactNode;
}

function Step({ icon: Icon, label, href }: { icon: LucideIcon; label: string; href: string | null }) {
  const className = 'grid size-8 place-items-center rounded-md';
  if (!href) {
    return (
      <span className={`${className} text-text-3 opacity-50`}>
        <Icon aria-hidden size={16} />
      </span>
    );
  }
  return (
    <Link
      href={href}
      aria-label={label}
      title={label}
      className={`${className} text-text-2 hover:bg-hover hover:text-text`}
    >
      <Icon aria-hidden size={16} />
    </Link>
  );
}

/** Which part of a list is shown, and the way to the next. */
export function Pagination({ page, pageSize, total, hrefOf, children }: PaginationProps) {
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-8 flex-wrap items-center justify-end gap-x-3 text-13 text-text-2 max-md:w-full max-md:justify-between"
    >
      <span className="tabular-nums">
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      {children}
      <span className="flex items-center gap-1">
        <Step icon={ChevronLeft} label="Previous page" href={page > 1 ? hrefOf(page - 1) : null} />
        <span
          aria-current="page"
          className="grid h-8 min-w-8 place-items-center rounded-md bg-pressed px-2 font-medium text-text tabular-nums"
        >
          <span className="sr-only">Page </span>
          {formatCount(page)}
        </span>
        <Step icon={ChevronRight} label="Next page" href={last < total ? hrefOf(page + 1) : null} />
      </span>
    </nav>
  );
}
