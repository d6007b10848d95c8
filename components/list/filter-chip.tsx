'use client';

import { type LucideIcon, Plus, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

const CHIP = 'inline-flex h-8 shrink-0 items-center rounded-md border text-13 whitespace-nowrap';
const OFF = 'gap-1.5 border-dashed border-line-firm px-2.5 text-text-2 hover:bg-hover hover:text-text';
const ON = 'border-line-firm bg-raised';

function RemoveLink({ label, href }: { label: string; href: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-label={label}
      title={label}
      className="mr-1 grid size-6 place-items-center rounded-sm text-text-3 hover:bg-hover hover:text-text"
    >
      <X aria-hidden size={14} />
    </Link>
  );
}

interface ChoiceChipProps<Value extends string> {
  label: string;
  value: Value | null;
  choices: readonly { value: Value; label: string; icon: LucideIcon }[];
  hrefOf: (value: Value | null) => string;
}

/** A filter with a menu; once something is chosen it says what, and can be taken off. */
export function ChoiceChip<Value extends string>({ label, value, choices, hrefOf }: ChoiceChipProps<Value>) {
  const router = useRouter();
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <span className={chosen ? classes(CHIP, ON) : 'contents'}>
      <Menu
        label={label}
        trigger={
          <button
            type="button"
            className={
              chosen ? 'flex h-full items-center gap-1.5 rounded-md pl-2.5 pr-1' : classes(CHIP, OFF)
            }
          >
            {!chosen && <Plus aria-hidden size={14} className="text-text-3" />}
            <span className={chosen && 'text-text-2'}>{label}</span>
            {chosen && <b className="font-medium">{chosen.label}</b>}
          </button>
        }
      >
        <MenuChoices
          value={value}
          choices={choices}
          onChange={(wanted) => router.push(hrefOf(wanted), { scroll: false })}
        />
      </Menu>
      {chosen && <RemoveLink label={`Remove the filter by ${label.toLowerCase()}`} href={hrefOf(null)} />}
    </span>
  );
}

interface ToggleChipProps {
  label: string;
  icon: LucideIcon;
  isOn: boolean;
  /** How many there are. */
  count: number;
  /** Where the other state is. */
  href: string;
  /** Such as "Remove the filter by expiry". */
  removeLabel: string;
}

/** A filter that is on or off; shown while it would find something, and while it is on. */
export function ToggleChip({ label, icon: Icon, isOn, count, href, removeLabel }: ToggleChipProps) {
  if (isOn) {
    return (
      <span className={classes(CHIP, ON, 'gap-1 pl-2.5 font-medium')}>
        {label}
        <RemoveLink label={removeLabel} href={href} />
      </span>
    );
  }
  if (count === 0) return null;
  return (
    <Link href={href} scroll={false} className={classes(CHIP, OFF)}>
      <Icon aria-hidden size={14} className="text-text-3" />
      {label} <b className="font-medium text-text tabular-nums">{formatCount(count)}</b>
    </Link>
  );
}
