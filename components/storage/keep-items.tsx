import { CalendarClock, Infinity as ForEver } from 'lucide-react';
import { MenuItem } from '#components/ui/menu.tsx';

const PERIODS = [
  { days: 7, label: '7 days', icon: CalendarClock },
  { days: 30, label: '30 days', icon: CalendarClock },
  { days: 365, label: 'A year', icon: CalendarClock },
  { days: null, label: 'For ever', icon: ForEver },
];

interface KeepItemsProps {
  /** The longest that the operator allows; null: for ever. */
  maxDays: number | null;
  onKeep: (days: number | null) => void;
}

/** How long to keep something from now on, for a menu: what the operator allows. */
export function KeepItems({ maxDays, onKeep }: KeepItemsProps) {
  const allowed = PERIODS.filter(
    ({ days }) => (days ?? Number.POSITIVE_INFINITY) <= (maxDays ?? Number.POSITIVE_INFINITY),
  );
  return allowed.map(({ days, label, icon }) => (
    <MenuItem key={label} icon={icon} onSelect={() => onKeep(days)}>
      {label}
    </MenuItem>
  ));
}
