'use client';

import { useRouter } from 'next/navigation';
import { type ChangeEvent, startTransition, useRef, useState } from 'react';
import { Avatar } from '#components/account/avatar.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';
import { squarePicture } from '#components/settings/square-picture.ts';
import { Button } from '#components/ui/button.tsx';
import { showDone, showFailure } from '#components/ui/toast.tsx';

interface AvatarFormProps {
  /** Of the present picture, hexadecimal. */
  sha256: string | null;
  /** What people call the person. */
  name: string;
}

/** The person's picture: another one, or none. */
export function AvatarForm({ sha256, name }: AvatarFormProps) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function change(work: () => Promise<string | null>): Promise<void> {
    setIsBusy(true);
    try {
      const done = await work();
      if (done) showDone(done);
    } catch (error) {
      reportFailure(error);
    }
    setIsBusy(false);
    startTransition(() => router.refresh());
  }

  async function upload(file: File): Promise<string | null> {
    const image = await squarePicture(file);
    if (image === null) {
      showFailure('This file is no picture that your browser can show. Choose a PNG, JPEG or WebP.', null);
      return null;
    }
    await rpc('user.identity.setAvatar', { image });
    return 'Your picture is saved.';
  }

  async function remove(): Promise<string> {
    await rpc('user.identity.removeAvatar');
    return 'Your picture is removed.';
  }

  function choose({ target }: ChangeEvent<HTMLInputElement>): void {
    const file = target.files?.[0];
    // So that the same file can be chosen once more.
    target.value = '';
    if (file) void change(() => upload(file));
  }

  return (
    <div className="mb-6 flex flex-wrap items-center gap-4">
      <Avatar sha256={sha256} name={name} className="size-16 text-base" />
      <div className="flex flex-wrap gap-2">
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-label="Picture file"
          tabIndex={-1}
          className="sr-only"
          onChange={choose}
        />
        <Button disabled={isBusy} onClick={() => input.current?.click()}>
          {sha256 === null ? 'Upload a picture' : 'Change the picture'}
        </Button>
        {sha256 !== null && (
          <Button variant="quiet" disabled={isBusy} onClick={() => void change(remove)}>
            Remove
          </Button>
        )}
      </div>
    </div>
  );
}
