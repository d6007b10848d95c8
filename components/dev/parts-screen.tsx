import { ButtonParts } from '#components/dev/button-parts.tsx';
import { FieldParts } from '#components/dev/field-parts.tsx';
import { FloatingParts } from '#components/dev/floating-parts.tsx';
import { StateParts } from '#components/dev/state-parts.tsx';
import { TableParts } from '#components/dev/table-parts.tsx';
import { TextParts } from '#components/dev/text-parts.tsx';
import { ThemeSwitch } from '#components/shell/theme-switch.tsx';
import { NowProvider } from '#components/ui/now.tsx';

/** Every part of `components/ui`, in every state that one can look at. */
export function PartsScreen({ serverNow }: { serverNow: number }) {
  return (
    <NowProvider serverNow={serverNow}>
      <main className="mx-auto max-w-[1040px] px-4 py-6 md:px-6">
        <header className="flex items-center justify-between pb-5">
          <h1>Parts</h1>
          <ThemeSwitch />
        </header>
        <ButtonParts />
        <FieldParts />
        <TextParts />
        <FloatingParts />
        <TableParts />
        <StateParts />
      </main>
    </NowProvider>
  );
}
