'use client';

import { type ComponentProps, lazy, Suspense } from 'react';

/** Only who has nothing yet loads them. */
const Tabs = lazy(async () => ({ default: (await import('#components/ui/tabs.tsx')).Tabs }));

/** How to push, a tab for each kind of client. */
export function PushTabs({ tabs }: Pick<ComponentProps<typeof Tabs>, 'tabs'>) {
  return (
    <Suspense>
      <Tabs label="Client" tabs={tabs} />
    </Suspense>
  );
}
