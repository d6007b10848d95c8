'use client';

import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { executorPaths } from '#components/executor-paths.ts';
import { rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { Note } from '#components/ui/note.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { showDone } from '#components/ui/toast.tsx';
import { useAsking } from '#components/use-asking.ts';

const WAYS = [
  {
    value: 'same',
    label: 'The same again',
    help: 'With what its base image and its requirements are today.',
  },
  {
    value: 'jina',
    label: 'For another version of jina',
    help: 'Beside the image that is there, which stays.',
  },
] as const;

interface RebuildProps {
  executor: { id: string; namespace: string; name: string };
  tags: string[];
  /** The one that is chosen on the page; null: none. */
  shownTag: string | null;
}

function RebuildDialog({ executor, tags, shownTag, onClose }: RebuildProps & { onClose: () => void }) {
  const router = useRouter();
  const [tag, setTag] = useState(shownTag ?? tags[0]);
  const [way, setWay] = useState<(typeof WAYS)[number]['value']>('same');
  const [jina, setJina] = useState('');
  const { problem, isBusy, ask } = useAsking();
  const version = way === 'jina' ? jina.trim() : undefined;

  async function submit(): Promise<void> {
    await ask(async () => {
      const { id } = executor;
      const { _id } = await rpc<{ _id: string }>('executor.rebuildImage', { id, tag, jina: version });
      showDone('The image waits to be built.');
      onClose();
      router.push(executorPaths.executor(executor, { tab: 'pushes', push: _id }));
    });
  }

  return (
    <FormDialog
      title="Build the image again"
      description="It is built from the package that was pushed. Until it is done, the image that is there can be pulled."
      action="Build"
      isReady={!isBusy && version !== ''}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      {tags.length > 0 && (
        <SelectField
          label="Tag"
          value={tag}
          onChange={(event) => setTag(event.target.value)}
          options={tags.map((name) => ({ value: name, label: name }))}
        />
      )}
      <div className="grid gap-2">
        <span id="rebuild-way" className="text-13 font-medium">
          What is built
        </span>
        <RadioGroup labelledBy="rebuild-way" value={way} options={WAYS} onChange={setWay} />
      </div>
      {problem && way === 'same' && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
      {way === 'jina' && (
        <TextField
          label="Version of jina"
          help="Such as 3.25.0."
          isMono
          value={jina}
          onChange={(event) => setJina(event.target.value)}
          error={problem}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </FormDialog>
  );
}

/** Has the image of a tag built again. */
export function RebuildButton(props: RebuildProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>
        <RefreshCw aria-hidden size={16} />
        Build again
      </Button>
      {isAsking && <RebuildDialog {...props} onClose={() => setIsAsking(false)} />}
    </>
  );
}
