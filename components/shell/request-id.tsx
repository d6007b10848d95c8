import { CopyButton } from '#components/ui/copy-button.tsx';

/** Under what the server's log has the story of a failure. */
export function RequestId({ id }: { id: string }) {
  return (
    <p className="flex min-w-0 items-center gap-1 text-13 text-text-2">
      <span className="min-w-0 wrap-anywhere">
        Request <code className="font-mono text-xs">{id}</code>
      </span>
      <CopyButton text={id} label="Copy the request’s id" />
    </p>
  );
}
