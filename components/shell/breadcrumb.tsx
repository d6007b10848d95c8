'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '#components/paths.ts';
import { sectionOf } from '#components/shell/sections.ts';

/** Where the person is: namespace, section, page. */
export function Breadcrumb({ namespace }: { namespace: string }) {
  const pathname = usePathname();
  const section = sectionOf(pathname);
  const page = section?.pages.find(({ href }) => href === pathname);
  const ways = [{ title: namespace, href: paths.storage() }, section, page].filter(
    (way) => way !== undefined,
  );
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-text-2">
        {ways.map(({ title, href }, index) => (
          <li key={title} className="flex min-w-0 items-center gap-1.5">
            {index > 0 && <ChevronRight aria-hidden size={14} className="shrink-0 text-text-3" />}
            {index === ways.length - 1 ? (
              <span aria-current="page" className="truncate font-medium text-text">
                {title}
              </span>
            ) : (
              <Link href={href} className="truncate hover:text-text">
                {title}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
