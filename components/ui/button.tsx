import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '#components/ui/classes.ts';

const BASE =
  'inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-text-3';

const VARIANTS = {
  /** The one main action of a page or a form. */
  primary:
    'border-accent-fill bg-accent-fill text-on-accent hover:border-accent-fill-hover hover:bg-accent-fill-hover',
  plain: 'border-line-firm bg-raised hover:bg-hover active:bg-pressed',
  quiet: 'border-transparent text-text-2 hover:bg-hover hover:text-text active:bg-pressed',
  /** Destroys; in a dialog alone. */
  danger: 'border-danger-fill bg-danger-fill text-on-danger hover:brightness-90',
};

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
}

/** A button with words; it sends no form unless `type="submit"` says so. */
export function Button({ variant = 'plain', className, type = 'button', ...props }: ButtonProps) {
  return <button {...props} type={type} className={classes(BASE, 'px-3', VARIANTS[variant], className)} />;
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label' | 'title'> {
  icon: LucideIcon;
  /** What it does, for the eye on hover and for assistive technology. */
  label: string;
}

/** A button that is only an icon, with a name. */
export function IconButton({ icon: Icon, label, variant = 'quiet', className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      title={label}
      className={classes(BASE, 'w-8', VARIANTS[variant], className)}
    >
      <Icon aria-hidden size={16} />
    </button>
  );
}
