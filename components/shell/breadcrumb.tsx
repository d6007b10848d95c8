'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { parsePlacePath } from '#components/artifact-path.ts';
import { paths } from '#components/paths.ts';
import { sectionOf } from '#components/shell/sections.ts';
import { classes } from '#components/ui/classes.ts';

interface Way {
  title: string;
  /** Null: there is no page of it. */
  href: string | null;
}

function waysTo(pathname: string, namespace: string): Way[] {
  const own = { title: namespace, href: paths.storage() };
  const section = sectionOf(pathname);
  const artifact = parsePlacePath(pathname);
  if (artifact) {
    const last = { title: artifact.name ?? `~${artifact.id}`, href: pathname };
    const isOwn = artifact.namespace === namespace;
    return isOwn
      ? [own, ...(section ? [section] : []), last]
      : [{ title: artifact.namespace, href: null }, last];
  }
  const page = section?.pages.find(({ href }) => href === pathname);
  return [own, section, page].filter((way) => way !== undefined);
}

const WAY = 'flex min-w-0 items-center gap-1.5 not-last:shrink-0';

/** Where the person is: namespace, section, page; on a phone the last two of them. */
export function Breadcrumb({ namespace }: { namespace: string }) {
  const pathname = usePathname();
  const ways = waysTo(pathname, namespace);
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-text-2">
        {ways.map(({ title, href }, index) => (
          <li key={`${href} ${title}`} className={classes(WAY, index < ways.length - 2 && 'max-md:hidden')}>
            {index > 0 && (
              <ChevronRight
                aria-hidden
                size={14}
                className={classes('shrink-0 text-text-3', index === ways.length - 2 && 'max-md:hidden')}
              />
            )}
            {index === ways.length - 1 ? (
              <bdi aria-current="page" className="truncate font-medium text-text">
                {title}
              </bdi>
            ) : href === null ? (
              <span className="truncate">{title}</span>
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
