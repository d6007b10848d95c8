'use client';

import { CircleCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkText } from '#components/admin/link-text.tsx';
import { IconButton } from '#components/ui/button.tsx';

interface HandedLinkProps {
  title: ReactNode;
  link: string;
  /** How long it works, and for what. */
  help: string;
  onHide: () => void;
}

/** A link that an administrator hands over, shown this once. */
export function HandedLink({ title, link, help, onHide }: HandedLinkProps) {
  return (
    <div role="status" className="grid grid-cols-1 gap-3 rounded-lg border border-accent bg-raised p-4">
      <div className="flex items-center gap-2">
        <CircleCheck aria-hidden size={16} className="shrink-0 text-accent" />
        <b className="min-w-0 flex-1 font-medium wrap-anywhere">{title}</b>
        <IconButton icon={X} label="I have copied it, hide it" onClick={onHide} />
      </div>
      <LinkText link={link} />
      <p className="text-13 text-text-2">{help}</p>
    </div>
  );
}
