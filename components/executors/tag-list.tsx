/** A tag, as one types it. */
export function TagChip({ children }: { children: string }) {
  return (
    <span
      title={children}
      className="inline-block max-w-28 truncate rounded-sm bg-sunken px-1.5 align-middle font-mono text-xs/5 text-text"
    >
      {children}
    </span>
  );
}

interface TagListProps {
  /** Those that are shown. */
  tags: string[];
  /** Of all. */
  count: number;
}

/** The first tags of an Executor, and how many others there are. */
export function TagList({ tags, count }: TagListProps) {
  if (count === 0) return <span className="text-text-3 max-md:hidden">–</span>;
  return (
    <span className="flex items-center gap-1.5">
      {tags.slice(0, 2).map((tag) => (
        <TagChip key={tag}>{tag}</TagChip>
      ))}
      {count > 2 && <span className="text-13 text-text-2">+{count - 2}</span>}
    </span>
  );
}
