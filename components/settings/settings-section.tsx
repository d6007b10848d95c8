import type { ReactNode } from 'react';

interface SettingsSectionProps {
  /** Unlike every other one's on the page. */
  id: string;
  title: string;
  /** What it is and what it costs. */
  help: string;
  children: ReactNode;
}

/** One thing that can be set: what it is on the left, the control on the right, a hairline to the next. */
export function SettingsSection({ id, title, help, children }: SettingsSectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-1 gap-x-12 gap-y-4 border-t py-6 first:border-0 first:pt-0 xl:grid-cols-[256px_minmax(0,736px)]"
    >
      <div>
        <h2 id={id}>{title}</h2>
        <p className="mt-0.5 text-13 text-text-2">{help}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
