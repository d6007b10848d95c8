'use client';

import { Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { applyTheme, readTheme, type Theme } from '#components/shell/theme.ts';
import { IconButton } from '#components/ui/button.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
] as const;

/** Chooses light, dark or what the system has. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>('system');

  useEffect(() => setTheme(readTheme()), []);

  const choose = (wanted: Theme) => {
    applyTheme(wanted);
    setTheme(wanted);
  };
  return (
    <Menu label="Theme" align="end" trigger={<IconButton icon={SunMoon} label="Switch theme" />}>
      <MenuChoices value={theme} choices={CHOICES} onChange={choose} />
    </Menu>
  );
}
