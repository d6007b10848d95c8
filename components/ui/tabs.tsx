'use client';

import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

interface TabsProps {
  label: string;
  tabs: { id: string; title: string; content: ReactNode }[];
  /** Without a frame, inside of what has one. */
  isFlat?: boolean;
}

/** Several views of one thing, one at a time; the first is open. */
export function Tabs({ label, tabs, isFlat }: TabsProps) {
  return (
    <Primitive.Root defaultValue={tabs[0]?.id} className={isFlat ? undefined : 'rounded-lg border'}>
      <Primitive.List aria-label={label} className="flex gap-4 overflow-x-auto border-b px-3.5">
        {tabs.map(({ id, title }) => (
          <Primitive.Trigger
            key={id}
            value={id}
            className="-mb-px h-10 border-b-2 border-transparent text-13 whitespace-nowrap text-text-2 -outline-offset-2 hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {title}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map(({ id, content }) => (
        <Primitive.Content key={id} value={id}>
          {content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
