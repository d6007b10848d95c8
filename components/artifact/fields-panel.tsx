import { FieldsTable } from '#components/artifact/fields-table.tsx';
import { formatCount } from '#components/ui/format.ts';
import type { Fields } from '#lib/documents/fields.ts';

interface FieldsPanelProps {
  found: Fields;
  /** As many as the stored bytes say that there are. */
  documents: number;
}

/** Which documents were looked at. */
function sourceOf(looked: number, documents: number): string {
  if (documents === 1) return 'its one document';
  if (looked >= documents) return `all ${formatCount(documents)} documents`;
  return `the first ${looked === 1 ? '' : `${formatCount(looked)} `}of ${formatCount(documents)} documents`;
}

/** The fields that the server found in the stored bytes. */
export function FieldsPanel({ found: { looked, fields, isCut }, documents }: FieldsPanelProps) {
  return (
    <section aria-labelledby="fields" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="fields">
          Fields <span className="text-sm font-normal text-text-2 tabular-nums">{fields.length}</span>
        </h2>
        <p className="text-13 text-text-2 tabular-nums">
          Read from the stored bytes, {sourceOf(looked, documents)}
        </p>
      </div>
      <FieldsTable fields={fields} />
      {isCut && <p className="mt-2 text-13 text-text-2">There are more fields than these.</p>}
    </section>
  );
}
