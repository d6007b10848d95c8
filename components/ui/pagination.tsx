import { ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { formatCount } from '#components/ui/format.ts';

interface PaginationProps {
  /** Counted from 1. */
  page: number;
  pageSize: number;
  total: number;
  hrefOf: (page: number) => string;
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

/** Which part of a list is shown, and the way to the next; the way is left out when everything is shown. */
export function Pagination({ page, pageSize, total, hrefOf }: PaginationProps) {
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav aria-label="Pages" className="flex h-8 items-center justify-end gap-2 text-13 text-text-2">
      <span className="tabular-nums">
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      {total > pageSize && (
        <>
          <Step icon={ChevronLeft} label="Previous page" href={page > 1 ? hrefOf(page - 1) : null} />
          <Step icon={ChevronRight} label="Next page" href={last < total ? hrefOf(page + 1) : null} />
        </>
      )}
    </nav>
  );
}
