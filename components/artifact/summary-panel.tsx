import { CircleAlert, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { readSummary } from '#components/artifact/summary.ts';
import { paths, type SentView } from '#components/paths.ts';
import { classes } from '#components/ui/classes.ts';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

/** Characters of the sent text that are shown before somebody asks for all of it. */
const FIRST_CHARACTERS = 20_000;
/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };

interface SummaryPanelProps {
  artifact: ArtifactPage;
  view: SentView;
}

function ViewLinks({ artifact, view }: SummaryPanelProps) {
  const isText = view !== 'table';
  const choices = [
    { title: 'Table', view: 'table', isCurrent: !isText },
    { title: 'As sent', view: 'text', isCurrent: isText },
  ] as const;
  return (
    <nav
      aria-label="View of the summary"
      className="inline-flex rounded-md border border-line-firm bg-raised"
    >
      {choices.map((choice) => (
        <Link
          key={choice.view}
          href={paths.artifact(artifact, 'overview', choice.view)}
          scroll={false}
          aria-current={choice.isCurrent ? 'true' : undefined}
          className={classes(
            'flex h-7.5 items-center rounded-[5px] px-2.5 text-13 whitespace-nowrap',
            choice.isCurrent ? 'bg-pressed font-medium' : 'text-text-2 hover:text-text',
          )}
        >
          {choice.title}
        </Link>
      ))}
    </nav>
  );
}

/** What the stored bytes say to the length that the client stated. */
function Measured({ documents, stated }: { documents: number; stated: string }) {
  const count = formatCount(documents);
  const isSame = count === stated;
  const Icon = isSame ? CircleCheck : CircleAlert;
  return (
    <span
      className={classes('inline-flex items-center gap-1.5 text-xs', isSame ? 'text-ok' : 'text-warning')}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      {isSame ? 'the file holds as many' : `the file says ${count}`}
    </span>
  );
}

function SummaryTable({ artifact }: { artifact: ArtifactPage }) {
  const { metaDataText, measuredDocuments } = artifact;
  const lines = readSummary(metaDataText);
  if (lines.length === 0)
    return <p className="rounded-lg border bg-raised px-4 py-3 text-text-2">The client sent no summary.</p>;
  return (
    <dl className="rounded-lg border bg-raised px-4 py-2">
      {lines.map(({ name, value, isNumber }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a client may send a name twice, and the lines never move
          key={`${index} ${name}`}
          className="grid gap-x-4 border-b py-2 last:border-0 md:grid-cols-[176px_minmax(0,1fr)]"
        >
          <dt className="text-13 wrap-anywhere text-text-2">{name}</dt>
          <dd className="flex min-w-0 flex-wrap items-center justify-between gap-x-4">
            <span className={isNumber ? 'tabular-nums' : 'min-w-0 font-mono text-13 wrap-anywhere'}>
              {value}
            </span>
            {name === 'Length' && measuredDocuments !== null && (
              <Measured documents={measuredDocuments} stated={value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SentText({ artifact, view }: SummaryPanelProps) {
  const text = artifact.metaDataText;
  if (text === null)
    return <p className="rounded-lg border bg-raised px-4 py-3 text-text-2">The client sent no metadata.</p>;
  const isCut = view === 'text' && text.length > FIRST_CHARACTERS;
  return (
    <>
      <pre
        {...KEYBOARD_SCROLLING}
        className="max-h-96 overflow-auto rounded-lg border bg-sunken px-3.5 py-2.5 font-mono text-xs/5 wrap-anywhere whitespace-pre-wrap"
      >
        {isCut ? text.slice(0, FIRST_CHARACTERS) : text}
      </pre>
      {isCut && (
        <p className="mt-2 text-13 text-text-2">
          This is the beginning.{' '}
          <Link
            href={paths.artifact(artifact, 'overview', 'whole')}
            scroll={false}
            prefetch={false}
            className="link"
          >
            Show all {formatBytes(text.length)}
          </Link>
        </p>
      )}
    </>
  );
}

/** What the client said of its push, as a table or as it was sent. */
export function SummaryPanel({ artifact, view }: SummaryPanelProps) {
  return (
    <section aria-labelledby="summary" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="summary">Summary</h2>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-13 text-text-2">Sent by the client with version {artifact.version}</span>
          <ViewLinks artifact={artifact} view={view} />
        </div>
      </div>
      {view === 'table' ? <SummaryTable artifact={artifact} /> : <SentText artifact={artifact} view={view} />}
    </section>
  );
}
