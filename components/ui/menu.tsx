'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

const ITEM =
  'grid cursor-default grid-cols-[16px_1fr_16px] items-start gap-x-3 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-hover';

interface MenuProps {
  /** A button; it opens the menu. */
  trigger: ReactNode;
  label: string;
  align?: 'start' | 'end';
  children: ReactNode;
}

/** A menu that a button opens. */
export function Menu({ trigger, label, align = 'start', children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* In place rather than at the end of the document, so that it stays inside its landmark. */}
      <DropdownMenu.Content
        aria-label={label}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-20 max-w-[calc(100vw-16px)] min-w-56 rounded-lg border border-line-firm bg-raised p-1 text-left text-text shadow-float"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}

/** Something that a menu does. */
export function MenuItem({ icon: Icon, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect}>
      <Icon aria-hidden size={16} className="mt-0.5 text-text-2" />
      <span>{children}</span>
    </DropdownMenu.Item>
  );
}

/** A line of words at the top of a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5 text-13 text-text-2">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

interface MenuChoice<Value extends string> {
  value: Value;
  label: string;
  help?: string;
  icon: LucideIcon;
}

interface MenuChoicesProps<Value extends string> {
  value: Value;
  choices: readonly MenuChoice<Value>[];
  onChange: (value: Value) => void;
}

/** One of several, the present one ticked. */
export function MenuChoices<Value extends string>({ value, choices, onChange }: MenuChoicesProps<Value>) {
  const choose = (wanted: string) => {
    const choice = choices.find((one) => one.value === wanted);
    if (choice && choice.value !== value) onChange(choice.value);
  };
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={choose}>
      {choices.map(({ value: own, label, help, icon: Icon }) => (
        <DropdownMenu.RadioItem key={own} value={own} className={ITEM}>
          <Icon aria-hidden size={16} className="mt-0.5 text-text-2" />
          <span>
            <span className="font-medium">{label}</span>
            {help && <span className="block text-xs text-text-2">{help}</span>}
          </span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden size={16} className="mt-0.5 text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
