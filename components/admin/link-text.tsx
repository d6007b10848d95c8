import { CopyButton } from '#components/ui/copy-button.tsx';

/** A link that is shown this once, and the button that copies it. */
export function LinkText({ link }: { link: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-lg border py-1 pr-1 pl-3.5">
      <code data-testid="link" className="min-w-0 flex-1 font-mono text-13 wrap-anywhere">
        {link}
      </code>
      <CopyButton text={link} label="Copy the link" isMain />
    </div>
  );
}
