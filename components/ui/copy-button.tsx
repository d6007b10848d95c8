'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';

const CONFIRM_MS = 2000;

/** Copies by way of a selection where the clipboard's own interface is absent: on plain http it is. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Puts a text on the clipboard. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyBySelection(text);
}

interface CopyButtonProps {
  text: string;
  /** What is copied, such as "Copy the token". */
  label: string;
  /** With words, as a main action. */
  isMain?: boolean;
  className?: string;
}

/** Copies `text`, and says so for two seconds. */
export function CopyButton({ text, label, isMain, className }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = () => copyText(text).then(() => setIsCopied(true));
  const Icon = isCopied ? Check : Copy;
  return (
    <>
      {isMain ? (
        <Button variant="primary" className={className} onClick={copy}>
          <Icon aria-hidden size={16} />
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      ) : (
        <IconButton icon={Icon} label={label} className={className} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  );
}
