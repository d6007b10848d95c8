import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classes } from '#components/ui/classes.ts';

interface BarButtonProps extends Omit<ComponentProps<typeof Button>, 'children'> {
  icon: LucideIcon;
  label: string;
}

/** A button of the bar of the selected rows; on phones the icon alone is seen. */
export function BarButton({ icon: Icon, label, className, ...props }: BarButtonProps) {
  return (
    <Button {...props} variant="quiet" title={label} className={classes('max-md:w-8 max-md:px-0', className)}>
      <Icon aria-hidden size={16} />
      <span className="max-md:sr-only">{label}</span>
    </Button>
  );
}
