import type { ReactNode } from 'react';
import { Gate } from '#components/account/gate.tsx';
import { SkyPlot } from '#components/account/sky-plot.tsx';

interface PlainGateProps {
  title: string;
  /** Such as `http://127.0.0.1:3000`. */
  serverAddress: string;
  children: ReactNode;
}

/** A page for people who are not signed in that asks for one thing. */
export function PlainGate({ title, serverAddress, children }: PlainGateProps) {
  return (
    <Gate
      title={title}
      subtitle={`on ${new URL(serverAddress).host}`}
      asideLabel="Groundstation"
      aside={<SkyPlot />}
    >
      {children}
    </Gate>
  );
}
