'use client';

import { Paperclip } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { RpcError, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { FileTextField } from '#components/ui/file-text-field.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { Note } from '#components/ui/note.tsx';
import { showDone } from '#components/ui/toast.tsx';

interface AttachProps {
  /** The Executor's. */
  id: string;
  /** Of the image. */
  digest: string;
}

function AttachDialog({ id, digest, onClose }: AttachProps & { onClose: () => void }) {
  const router = useRouter();
  const [payload, setPayload] = useState('');
  const [signature, setSignature] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(): Promise<void> {
    setIsBusy(true);
    setProblem(null);
    try {
      const input = { id, digest, payload, signature };
      const { key } = await rpc<{ key: { name: string } }>('executor.attachSignature', input);
      showDone(
        <>
          The image is signed by <Bdi>{key.name}</Bdi>.
        </>,
      );
      onClose();
      router.refresh();
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      setProblem(error.message);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <FormDialog
      title="Attach a signature"
      description="It is verified with your signing keys. Then cosign finds it beside the image."
      action={isBusy ? 'Verifying…' : 'Attach'}
      isReady={!isBusy && payload !== '' && signature.trim() !== ''}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <FileTextField
        label="Payload"
        help="What cosign generate wrote: payload.json."
        value={payload}
        onChange={setPayload}
      />
      <FileTextField
        label="Signature"
        help="What cosign sign-blob wrote: payload.sig."
        rows={2}
        value={signature}
        onChange={setSignature}
      />
      {problem && (
        <Note kind="danger" isAlert>
          {problem}
        </Note>
      )}
    </FormDialog>
  );
}

/** Takes the signature that the owner made of an image. */
export function AttachSignature(props: AttachProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="quiet" aria-label="Attach a signature" onClick={() => setIsAsking(true)}>
        <Paperclip aria-hidden size={16} />
        Attach
      </Button>
      {isAsking && <AttachDialog {...props} onClose={() => setIsAsking(false)} />}
    </>
  );
}
