'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '#components/paths.ts';
import { type Account, AccountMenu } from '#components/shell/account-menu.tsx';
import { Logo } from '#components/shell/logo.tsx';
import { sectionOf, sectionsFor } from '#components/shell/sections.ts';
import { classes } from '#components/ui/classes.ts';
import { formatBytes } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';

export interface RailProps {
  account: Account;
  usedBytes: number;
  quotaBytes: number;
}

function StorageMeter({ usedBytes, quotaBytes }: Omit<RailProps, 'account'>) {
  const percent = quotaBytes > 0 ? Math.round((usedBytes / quotaBytes) * 100) : 100;
  return (
    <div className="grid gap-2 px-2 pt-1.5 pb-2.5 text-xs text-text-2 folded:px-0">
      <span className="flex justify-between gap-2 tabular-nums folded:hidden">
        <span>
          {formatBytes(usedBytes)} of {formatBytes(quotaBytes)}
        </span>
        <span className="text-text-3">{percent} %</span>
      </span>
      <Meter
        label={`${percent} percent of your space used`}
        total={quotaBytes}
        parts={usedBytes > 0 ? [{ label: 'Used', value: usedBytes, color: 'bg-data-1' }] : []}
      />
    </div>
  );
}

/** The sections, the space that is used, and the account; as icons alone from 768 to 960 px, and where it is folded. */
export function RailContent({ account, usedBytes, quotaBytes }: RailProps) {
  const current = sectionOf(usePathname());
  return (
    <>
      <Link
        href={paths.storage()}
        aria-label="Groundstation"
        className="flex h-12 shrink-0 items-center gap-2.5 px-4 text-[15px] font-semibold tracking-tight"
      >
        <Logo />
        <span className="folded:hidden">Groundstation</span>
      </Link>
      <nav aria-label="Main" className="grid gap-0.5 p-2">
        {sectionsFor(account).map(({ title, href, icon: Icon, prefix }) => {
          const isCurrent = current?.prefix === prefix;
          return (
            <Link
              key={prefix}
              href={href}
              title={title}
              aria-current={isCurrent ? 'page' : undefined}
              className={classes(
                'flex h-10 items-center gap-2.5 rounded-md px-2 hover:bg-hover hover:text-text md:h-8 folded:justify-center',
                isCurrent ? 'bg-hover font-medium text-text' : 'text-text-2',
              )}
            >
              <Icon aria-hidden size={16} className={isCurrent ? 'text-accent' : undefined} />
              <span className="folded:sr-only">{title}</span>
            </Link>
          );
        })}
      </nav>
      <div className="mt-auto border-t p-2">
        <StorageMeter usedBytes={usedBytes} quotaBytes={quotaBytes} />
        <AccountMenu account={account} />
      </div>
    </>
  );
}
