import { CalendarClock, Infinity as ForEver } from 'lucide-react';
import { MenuItem } from '#components/ui/menu.tsx';

const PERIODS = [
  { days: 7, label: '7 days', icon: CalendarClock },
  { days: 30, label: '30 days', icon: CalendarClock },
  { days: 365, label: 'A year', icon: CalendarClock },
  { days: null, label: 'For ever', icon: ForEver },
];

/** How long to keep something from now on, for a menu. */
export function KeepItems({ onKeep }: { onKeep: (days: number | null) => void }) {
  return PERIODS.map(({ days, label, icon }) => (
    <MenuItem key={label} icon={icon} onSelect={() => onKeep(days)}>
      {label}
    </MenuItem>
  ));
}
