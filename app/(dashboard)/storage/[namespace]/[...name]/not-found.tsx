import { ArtifactAbsent } from '#components/artifact/artifact-absent.tsx';
import { currentViewer } from '#lib/http/viewer.ts';

export default async function ArtifactNotFound() {
  return <ArtifactAbsent viewer={(await currentViewer())?.name ?? null} />;
}
