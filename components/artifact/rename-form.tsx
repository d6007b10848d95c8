'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { ArtifactPlace } from '#components/artifact-path.ts';
import { paths } from '#components/paths.ts';
import { rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { showDone } from '#components/ui/toast.tsx';
import { useAsking } from '#components/use-asking.ts';

/** Gives an artifact another name; the page moves with it. What was typed stays when it fails. */
export function RenameForm({ artifact }: { artifact: ArtifactPlace }) {
  const router = useRouter();
  const [name, setName] = useState(artifact.name ?? '');
  const { problem, isBusy, ask } = useAsking();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await ask(async () => {
      // With its namespace, or a name with a slash could be taken for one of another's.
      const wanted = `${artifact.namespace}/${name}`;
      const renamed = await rpc<{ name: string }>('artifact.update', { id: artifact.id, name: wanted });
      showDone(
        <>
          It is called <Bdi>{renamed.name}</Bdi> now.
        </>,
      );
      router.replace(paths.artifact({ ...artifact, name: renamed.name }, 'settings'));
      router.refresh();
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
      <TextField
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        help={`In your namespace, ${artifact.namespace}.`}
        error={problem}
        required
        autoComplete="off"
        spellCheck={false}
        className="min-w-0 flex-1 basis-52"
      />
      <Button type="submit" disabled={isBusy || name === '' || name === artifact.name} className="mt-6.5">
        Rename
      </Button>
    </form>
  );
}
