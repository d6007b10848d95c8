'use client';

import { formatBytes, formatCount } from '#components/ui/format.ts';
import { type Column, Table } from '#components/ui/table.tsx';
import type { Example, Field } from '#lib/documents/fields.ts';

/** A text of a client's on one line of its own, which its direction cannot leave; whole in its title. */
function Foreign({ text }: { text: string }) {
  return (
    <span title={text} className="block truncate font-mono text-13">
      {text}
    </span>
  );
}

function countsOf(least: number, most: number): string {
  return least === most ? `${formatCount(most)} each` : `${formatCount(least)} to ${formatCount(most)}`;
}

function Looks({ example }: { example: Example }) {
  if (example === null) return null;
  if ('text' in example) return <Foreign text={example.text} />;
  return 'sizeBytes' in example ? formatBytes(example.sizeBytes) : countsOf(example.least, example.most);
}

const COLUMNS: Column<Field>[] = [
  {
    id: 'field',
    header: 'Field',
    cardPlace: 'title',
    className: 'font-medium md:flex-[3]',
    cell: ({ name }) => <Foreign text={name} />,
  },
  {
    id: 'type',
    header: 'Type',
    cardPlace: 'fact',
    className: 'max-w-full min-w-0 text-text-2 md:flex-[2]',
    cell: ({ type }) => <Foreign text={type} />,
  },
  {
    id: 'documents',
    header: 'In documents',
    isNumber: true,
    cardPlace: 'fact',
    className: 'md:w-28',
    cell: ({ inDocuments }) => (
      <>
        {formatCount(inDocuments)}
        <span className="md:hidden"> {inDocuments === 1 ? 'document' : 'documents'}</span>
      </>
    ),
  },
  {
    id: 'example',
    header: 'Looks like',
    cardPlace: 'fact',
    className: 'max-w-full min-w-0 text-text-2 max-md:basis-full max-md:shrink md:flex-[4] md:pl-4',
    cell: ({ example }) => <Looks example={example} />,
  },
];

/** Fields of documents, one a row. */
export function FieldsTable({ fields }: { fields: Field[] }) {
  return <Table label="Fields" columns={COLUMNS} rows={fields} rowKey={({ name }) => name} />;
}
