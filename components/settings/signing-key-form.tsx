'use client';

import { type FormEvent, useState } from 'react';
import { RpcError, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { FileTextField } from '#components/ui/file-text-field.tsx';
import { Note } from '#components/ui/note.tsx';

/** The form that adds a public key; what was typed stays when it fails. */
export function SigningKeyForm({ onAdded }: { onAdded: (name: string) => void }) {
  const [name, setName] = useState('');
  const [pem, setPem] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsBusy(true);
    setProblem(null);
    try {
      const input = { name: name.trim(), pem };
      await rpc('signingKey.add', input);
      onAdded(input.name);
      setName('');
      setPem('');
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      setProblem(error.message);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <section aria-labelledby="new-signing-key" className="rounded-lg border bg-raised">
      <h3 id="new-signing-key" className="border-b px-4 py-2.5">
        New signing key
      </h3>
      <form
        onSubmit={submit}
        className="grid grid-cols-1 gap-4 p-4 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]"
      >
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Whose is it, or where is it?"
          help="Everybody who sees your images reads it."
          required
          maxLength={100}
          autoComplete="off"
        />
        <FileTextField
          label="Public key"
          help="The text of cosign.pub. The private one stays with you."
          placeholder="-----BEGIN PUBLIC KEY-----"
          value={pem}
          onChange={setPem}
        />
        {problem && (
          <div className="md:col-span-full">
            <Note kind="danger" isAlert>
              {problem}
            </Note>
          </div>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={isBusy || name.trim() === '' || pem.trim() === ''}
          className="justify-self-end md:col-span-full"
        >
          {isBusy ? 'Adding…' : 'Add the key'}
        </Button>
      </form>
    </section>
  );
}
