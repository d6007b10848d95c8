import Link from 'next/link';
import type { ReactNode } from 'react';

interface NothingProps {
  children: ReactNode;
  clear: string;
  href: string;
}

/** A list when nothing is as it was asked for, and the way back to all of it. */
export function Nothing({ children, clear, href }: NothingProps) {
  return (
    <div className="border-y py-12 text-center">
      <p className="wrap-anywhere">{children}</p>
      <p className="mt-2">
        <Link href={href} className="link">
          {clear}
        </Link>
      </p>
    </div>
  );
}
