'use client';

import { ChevronDown, Tag } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { executorPaths } from '#components/executor-paths.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

interface TagMenuProps {
  executor: { id: string; namespace: string; name: string; shownTag: string | null; tags: string[] };
}

/** Chooses the tag that the page shows. */
export function TagMenu({ executor }: TagMenuProps) {
  const router = useRouter();
  const { shownTag, tags } = executor;
  return (
    <Menu
      label="Tag"
      align="end"
      trigger={
        <Button
          variant="quiet"
          aria-label={`Tag: ${shownTag ?? 'none'}`}
          className="font-mono text-13 font-normal"
        >
          <Tag aria-hidden size={14} />
          <span className="max-w-32 truncate">{shownTag ?? 'no tag'}</span>
          <ChevronDown aria-hidden size={14} />
        </Button>
      }
    >
      <MenuChoices
        value={shownTag}
        choices={tags.map((tag) => ({ value: tag, label: tag }))}
        onChange={(tag) => router.push(executorPaths.executor(executor, { tag }), { scroll: false })}
      />
    </Menu>
  );
}
