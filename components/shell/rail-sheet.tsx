'use client';

import { Menu as MenuIcon } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { RailContent, type RailProps } from '#components/shell/rail-content.tsx';
import { IconButton } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/sheet.tsx';

/** The rail on small screens, behind a button. */
export function RailSheet(props: RailProps) {
  const pathname = usePathname();
  // It belongs to the page on which it was opened, so going to another one closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <Sheet
      isOpen={openOn === pathname}
      onOpenChange={(isOpen) => setOpenOn(isOpen ? pathname : null)}
      label="Menu"
      trigger={<IconButton icon={MenuIcon} label="Open the menu" className="md:hidden" />}
    >
      <RailContent {...props} />
    </Sheet>
  );
}
