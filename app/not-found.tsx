import type { Metadata } from 'next';
import Link from 'next/link';
import { paths } from '#components/paths.ts';
import { MessageScreen } from '#components/shell/message-screen.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessageScreen title="There is nothing here">
      <p className="text-text-2">
        The address may be wrong, or what was here is not yours or not there any more.
      </p>
      <p>
        <Link href={paths.storage()} className="link">
          Go to Storage
        </Link>
      </p>
    </MessageScreen>
  );
}
