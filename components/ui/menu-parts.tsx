import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import {
  createContext,
  type ReactNode,
  type Ref,
  type RefObject,
  use,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { classes } from '#components/ui/classes.ts';

const ITEM =
  'grid min-h-8 cursor-default grid-cols-[16px_1fr_16px] items-start gap-x-3 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-hover max-md:min-h-10 max-md:py-2.5';

type ButtonRef = RefObject<HTMLButtonElement | null>;

const MenuButton = createContext<ButtonRef>({ current: null });

/** Stands for the button where Radix wants its own, so that the button is the same element before Radix is loaded. */
function TriggerProxy({ button, ref }: { button: ButtonRef; ref?: Ref<HTMLButtonElement> }) {
  useLayoutEffect(() => {
    if (typeof ref === 'function') ref(button.current);
    else if (ref) ref.current = button.current;
  }, [button, ref]);
  return null;
}

interface MenuPanelProps {
  button: ButtonRef;
  isOpen: boolean;
  /** Then its first item has the focus. */
  isByKeyboard: boolean;
  onClose: () => void;
  label: string;
  align: 'start' | 'end';
  children: ReactNode;
}

/** What floats below the button. */
export function MenuPanel(props: MenuPanelProps) {
  const { button, isOpen, isByKeyboard, onClose, label, align, children } = props;
  const content = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen || !isByKeyboard) return;
    const first = content.current?.querySelector<HTMLElement>('[role^="menuitem"]');
    first?.focus({ preventScroll: true });
  }, [isOpen, isByKeyboard]);

  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <TriggerProxy button={button} />
      </DropdownMenu.Trigger>
      {/* Out of the row, which may clip, but inside its landmark. */}
      <DropdownMenu.Portal
        container={button.current?.closest<HTMLElement>('main, header, aside, [role="dialog"]')}
      >
        <DropdownMenu.Content
          ref={content}
          aria-label={label}
          aria-labelledby={undefined}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          // A press on the button closes it by the button's own doing.
          onInteractOutside={(event) => {
            if (event.target instanceof Node && button.current?.contains(event.target))
              event.preventDefault();
          }}
          className="z-20 max-w-[calc(100vw-16px)] min-w-56 rounded-lg border border-line-firm bg-raised p-1 text-left text-sm font-normal text-text shadow-float"
        >
          <MenuButton value={button}>{children}</MenuButton>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  isDanger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

/** Something that a menu does. */
export function MenuItem({ icon: Icon, isDanger, onSelect, children }: MenuItemProps) {
  const button = use(MenuButton);

  function select(): void {
    // What the item opens gives the focus back to where it was, and the item is gone by then.
    button.current?.focus();
    onSelect();
  }

  return (
    <DropdownMenu.Item className={classes(ITEM, isDanger && 'text-danger')} onSelect={select}>
      <Icon aria-hidden size={16} className={classes('mt-0.5', !isDanger && 'text-text-2')} />
      <span>{children}</span>
    </DropdownMenu.Item>
  );
}

/** A line of words above items. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5 text-13 text-text-2">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

interface MenuChoicesProps {
  value: string;
  choices: readonly { value: string; label: string; help?: string; icon?: LucideIcon }[];
  onChange: (value: string) => void;
}

/** One of several, the present one ticked. */
export function MenuChoices({ value, choices, onChange }: MenuChoicesProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {choices.map(({ value: own, label, help, icon: Icon }) => (
        <DropdownMenu.RadioItem
          key={own}
          value={own}
          className={classes(ITEM, !Icon && 'grid-cols-[1fr_16px]')}
        >
          {Icon && <Icon aria-hidden size={16} className="mt-0.5 text-text-2" />}
          <span>
            <span className={help && 'font-medium'}>{label}</span>
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
