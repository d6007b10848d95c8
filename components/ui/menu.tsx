'use client';

import type { LucideIcon } from 'lucide-react';
import {
  cloneElement,
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
  Suspense,
  useRef,
  useState,
} from 'react';

/** What opens by itself is loaded when somebody is about to open it: a page with a hundred menus starts with none. */
const load = () => import('#components/ui/menu-parts.tsx');
const Panel = lazy(async () => ({ default: (await load()).MenuPanel }));
const Item = lazy(async () => ({ default: (await load()).MenuItem }));
const Label = lazy(async () => ({ default: (await load()).MenuLabel }));
const Separator = lazy(async () => ({ default: (await load()).MenuSeparator }));
const Choices = lazy(async () => ({ default: (await load()).MenuChoices }));

interface TriggerProps extends RefAttributes<HTMLButtonElement> {
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  'data-state'?: 'open' | 'closed';
  onClick?: (event: MouseEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}

interface MenuProps {
  /** A button; it opens the menu. */
  trigger: ReactElement<TriggerProps>;
  label: string;
  align?: 'start' | 'end';
  children: ReactNode;
}

/** A menu that a button opens. */
export function Menu({ trigger, label, align = 'start', children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [state, setState] = useState<'unused' | 'closed' | 'open' | 'open by keyboard'>('unused');
  const isOpen = state.startsWith('open');
  const preload = () => void load();

  function toggle(event: MouseEvent): void {
    // A click without a pointer is a key's.
    setState(isOpen ? 'closed' : event.detail === 0 ? 'open by keyboard' : 'open');
  }

  function openByArrow(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || isOpen) return;
    event.preventDefault();
    setState('open by keyboard');
  }

  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'data-state': isOpen ? 'open' : 'closed',
        onClick: toggle,
        onKeyDown: openByArrow,
        onPointerEnter: preload,
        onFocus: preload,
      })}
      {state !== 'unused' && (
        <Suspense fallback={null}>
          <Panel
            button={button}
            isOpen={isOpen}
            isByKeyboard={state === 'open by keyboard'}
            onClose={() => setState('closed')}
            label={label}
            align={align}
          >
            {children}
          </Panel>
        </Suspense>
      )}
    </>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  /** It destroys. */
  isDanger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

/** Something that a menu does. */
export function MenuItem(props: MenuItemProps) {
  return <Item {...props} />;
}

/** A line of words at the top of a menu, or of a part of it. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Label>{children}</Label>;
}

export function MenuSeparator() {
  return <Separator />;
}

interface MenuChoice<Value extends string> {
  value: Value;
  label: string;
  help?: string;
  icon?: LucideIcon;
}

interface MenuChoicesProps<Value extends string> {
  /** Null: none of them. */
  value: Value | null;
  choices: readonly MenuChoice<Value>[];
  onChange: (value: Value) => void;
}

/** One of several, the present one ticked. */
export function MenuChoices<Value extends string>({ value, choices, onChange }: MenuChoicesProps<Value>) {
  const choose = (wanted: string) => {
    const choice = choices.find((one) => one.value === wanted);
    if (choice && choice.value !== value) onChange(choice.value);
  };
  return <Choices value={value ?? ''} choices={choices} onChange={choose} />;
}
