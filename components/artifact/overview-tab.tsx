import { Suspense } from 'react';
import { FieldsPanel } from '#components/artifact/fields-panel.tsx';
import { SummaryPanel } from '#components/artifact/summary-panel.tsx';
import { FactList, Panel } from '#components/list/panel.tsx';
import type { SentView } from '#components/paths.ts';
import { connectSnippet, pullSnippets } from '#components/snippets.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Tabs } from '#components/ui/tabs.tsx';
import { ExactTime } from '#components/ui/time.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';
import { readFields } from '#lib/documents/read-fields.ts';

interface OverviewTabProps {
  artifact: ArtifactPage;
  view: SentView;
  serverAddress: string;
}

function PullPanel({ artifact, serverAddress }: Omit<OverviewTabProps, 'view'>) {
  const who =
    artifact.visibility === 'public'
      ? 'Everybody who reaches this server can pull it. Nobody needs an account.'
      : 'Only you can pull it, with a token of yours.';
  return (
    <Panel title="Pull it">
      <Tabs
        isFlat
        label="Client"
        tabs={pullSnippets(artifact, serverAddress).map(({ id, title, code }) => ({
          id,
          title,
          content: (
            <div className="p-4 pb-0">
              <CodeBlock label={`Pull with ${title}`} code={code} />
            </div>
          ),
        }))}
      />
      <div className="grid grid-cols-1 gap-2 p-4 pt-2">
        <p className="text-xs text-text-2">{who}</p>
        <h3 className="mt-2 text-13">Where your client looks</h3>
        <CodeBlock label="Where your client looks" code={connectSnippet(serverAddress)} />
        <p className="text-xs text-text-2">Once in each shell or notebook, before the import.</p>
      </div>
    </Panel>
  );
}

function ClientPanel({ artifact }: { artifact: ArtifactPage }) {
  const { docarray, hubbleSdk, python, protobuf, platform, program } = artifact.client;
  const said = [
    { term: 'docarray', fact: docarray },
    { term: 'jina-hubble-sdk', fact: hubbleSdk },
    { term: 'Python', fact: python },
    { term: 'protobuf', fact: protobuf },
    { term: 'Platform', fact: platform },
    { term: 'Program', fact: program },
  ].flatMap(({ term, fact }) => (fact === null ? [] : [{ term, fact, isMono: true }]));
  return (
    <Panel title={`Client of version ${artifact.version}`} source="Said by the client">
      <FactList facts={[...said, { term: 'Pushed', fact: <ExactTime at={artifact.pushedAt} /> }]} />
    </Panel>
  );
}

function FilePanel({ artifact }: { artifact: ArtifactPage }) {
  const { id, sizeBytes, measuredDocuments } = artifact;
  const counted = { term: 'Documents', fact: formatCount(measuredDocuments ?? 0), isMono: true };
  return (
    <Panel title="File" source="Read from the stored bytes">
      <FactList
        facts={[
          { term: 'Bytes', fact: formatCount(sizeBytes), isMono: true },
          ...(measuredDocuments === null ? [] : [counted]),
          {
            term: 'Id',
            isMono: true,
            fact: (
              <span className="flex items-center justify-between gap-2">
                {id}
                <CopyButton text={id} label="Copy the id" className="-my-1.5" />
              </span>
            ),
          },
        ]}
      />
    </Panel>
  );
}

/** What the first documents hold, where they can be read. */
async function OpenFields({ stored, documents }: { stored: ArtifactPage['stored']; documents: number }) {
  const found = await readFields(stored);
  return found && <FieldsPanel found={found} documents={documents} />;
}

/** What the client said, what the server measured, and how to pull it. */
export function OverviewTab({ artifact, view, serverAddress }: OverviewTabProps) {
  const { stored, measuredDocuments } = artifact;
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_392px] xl:grid-rows-[auto_1fr]">
      <SummaryPanel artifact={artifact} view={view} />
      <div className="grid min-w-0 grid-cols-1 gap-4 xl:col-start-2 xl:row-span-2 xl:row-start-1">
        <PullPanel artifact={artifact} serverAddress={serverAddress} />
        <ClientPanel artifact={artifact} />
        <FilePanel artifact={artifact} />
      </div>
      {/* Last, since it comes when the store has answered: nothing is below it that would move. */}
      {measuredDocuments !== null && (
        <Suspense>
          <OpenFields stored={stored} documents={measuredDocuments} />
        </Suspense>
      )}
    </div>
  );
}
