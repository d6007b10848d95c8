import Link from 'next/link';
import { PlainGate } from '#components/account/plain-gate.tsx';
import { paths } from '#components/paths.ts';
import { Note } from '#components/ui/note.tsx';

/** Says why nobody can sign up here, and what to do instead. */
export function SignUpRefused({ serverAddress, reason }: { serverAddress: string; reason: string }) {
  return (
    <PlainGate title="Sign up" serverAddress={serverAddress}>
      <Note kind="info">{reason}</Note>
      <p className="text-13 text-text-2">
        You have an account?{' '}
        <Link href={paths.login()} className="link">
          Sign in
        </Link>
      </p>
    </PlainGate>
  );
}
