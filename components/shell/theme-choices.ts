import { Monitor, Moon, Sun } from 'lucide-react';

/** What people choose from, wherever they choose. */
export const THEME_CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
] as const;
