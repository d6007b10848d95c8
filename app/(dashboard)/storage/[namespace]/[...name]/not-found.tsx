import { ArtifactAbsent } from '#components/artifact/artifact-absent.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { currentViewer } from '#lib/http/viewer.ts';

async function ArtifactNotFound() {
  return <ArtifactAbsent viewer={(await currentViewer())?.name ?? null} />;
}

export default orFailureInShell(ArtifactNotFound);
