import { EyeOff } from 'lucide-react';
import Link from 'next/link';
import { paths } from '#components/paths.ts';
import { MessageScreen } from '#components/shell/message-screen.tsx';

const TITLE = 'Not found, or not shared with you';

const STORAGE = { title: 'Storage', href: paths.storage() };

interface ArtifactAbsentProps {
  viewer: string | null;
  /** Where somebody who is signed in finds their own. */
  list?: { title: string; href: string };
}

/** The one page of what is not there and of what the viewer may not see; null: nobody is signed in. */
export function ArtifactAbsent({ viewer, list = STORAGE }: ArtifactAbsentProps) {
  if (viewer === null)
    return (
      <MessageScreen title={TITLE}>
        <p className="text-text-2">There is nothing public at this address. If it is yours, sign in.</p>
        <p>
          <Link href={paths.login()} className="link">
            Sign in
          </Link>
        </p>
      </MessageScreen>
    );
  return (
    <div className="mx-auto grid max-w-92 justify-items-center gap-3 py-16 text-center">
      <EyeOff aria-hidden size={20} className="text-text-3" />
      <h1>{TITLE}</h1>
      <p className="text-text-2">
        There is nothing at this address that <b className="font-medium text-text">{viewer}</b> may see. Ask
        its owner to share it.
      </p>
      <Link href={list.href} className="link">
        Go to {list.title}
      </Link>
    </div>
  );
}
