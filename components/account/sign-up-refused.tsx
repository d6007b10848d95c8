import Link from 'next/link';
import { Gate } from '#components/account/gate.tsx';
import { SkyPlot } from '#components/account/sky-plot.tsx';
import { paths } from '#components/paths.ts';
import { Note } from '#components/ui/note.tsx';

/** Says why nobody can sign up here, and what to do instead. */
export function SignUpRefused({ serverAddress, reason }: { serverAddress: string; reason: string }) {
  return (
    <Gate
      title="Sign up"
      subtitle={`on ${new URL(serverAddress).host}`}
      asideLabel="Groundstation"
      aside={<SkyPlot />}
    >
      <Note kind="info">{reason}</Note>
      <p className="text-13 text-text-2">
        You have an account?{' '}
        <Link href={paths.login()} className="link">
          Sign in
        </Link>
      </p>
    </Gate>
  );
}
