import type { ReactNode } from 'react';
import { ArtifactFacts } from '#components/artifact/artifact-facts.tsx';
import { ArtifactHeader } from '#components/artifact/artifact-header.tsx';
import { ArtifactTabs } from '#components/artifact/artifact-tabs.tsx';
import type { ArtifactTab } from '#components/paths.ts';
import { pullSnippets } from '#components/snippets.ts';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

interface ArtifactScreenProps {
  artifact: ArtifactPage;
  tab: ArtifactTab;
  serverAddress: string;
  /** The open tab. */
  children: ReactNode;
}

/** One artifact's page: what it is, and below it one of its tabs. */
export function ArtifactScreen({ artifact, tab, serverAddress, children }: ArtifactScreenProps) {
  const { id, namespace, name, type, visibility, branding, isOwn } = artifact;
  return (
    <>
      <ArtifactHeader
        artifact={{ id, namespace, name, type, visibility, branding, isOwn }}
        snippets={pullSnippets(artifact, serverAddress)}
      />
      <ArtifactFacts artifact={artifact} />
      <ArtifactTabs place={{ id, namespace, name }} isOwn={isOwn} current={tab} />
      <div className="mt-5">{children}</div>
    </>
  );
}
