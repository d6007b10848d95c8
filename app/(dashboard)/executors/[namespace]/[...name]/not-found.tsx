import { ArtifactAbsent } from '#components/artifact/artifact-absent.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { currentViewer } from '#lib/http/viewer.ts';

async function ExecutorNotFound() {
  const viewer = (await currentViewer())?.name ?? null;
  return <ArtifactAbsent viewer={viewer} list={{ title: 'Executors', href: executorPaths.list() }} />;
}

export default orFailureInShell(ExecutorNotFound);
