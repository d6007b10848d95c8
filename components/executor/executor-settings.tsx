'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useExecutorAccess } from '#components/executor/use-executor-access.ts';
import { executorPaths } from '#components/executor-paths.ts';
import { ACCESS_OPTIONS } from '#components/list/access-menu.tsx';
import { SettingsRow } from '#components/list/settings-row.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';

type Shown = Pick<ExecutorPage, 'id' | 'namespace' | 'name' | 'visibility'>;

/** Moves an Executor to the trash from its own page, and leads back to the list; the toast brings it back. */
function DeleteExecutor({ executor: { id, name } }: { executor: Shown }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const undo = () => void rpc('executor.restore', { id }).then(() => router.refresh(), reportFailure);

  async function remove(): Promise<void> {
    setIsBusy(true);
    try {
      await rpc('executor.delete', { id });
      showDone(
        <>
          <Bdi>{name}</Bdi> is in the trash.
        </>,
        undo,
      );
      router.push(executorPaths.list());
    } catch (error) {
      setIsBusy(false);
      reportFailure(error);
    }
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-raised px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium wrap-anywhere">
          Delete <Bdi>{name}</Bdi>
        </p>
        <p className="text-13 text-text-2">
          It moves to the trash with all its pushes and tags, takes no space there, and is gone for good after
          seven days. Flows that use it fail meanwhile.
        </p>
      </div>
      <Button className="text-danger" disabled={isBusy} onClick={() => void remove()}>
        <Trash2 aria-hidden size={16} />
        Delete
      </Button>
    </div>
  );
}

/** What its owner can change about an Executor. */
export function ExecutorSettings({ executor }: { executor: Shown }) {
  const { visibility, setAccess } = useExecutorAccess(executor);
  return (
    <div className="grid grid-cols-1">
      <SettingsRow title="Access" help="Counts at once, for every tag. A download that runs goes on.">
        {(id) => (
          <RadioGroup labelledBy={id} value={visibility} options={ACCESS_OPTIONS} onChange={setAccess} />
        )}
      </SettingsRow>
      <SettingsRow title="Delete" help="It moves to the trash, from where you can restore it." isDanger>
        {() => <DeleteExecutor executor={executor} />}
      </SettingsRow>
    </div>
  );
}
