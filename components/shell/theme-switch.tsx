'use client';

import { SunMoon } from 'lucide-react';
import { applyTheme } from '#components/shell/theme.ts';
import { THEME_CHOICES } from '#components/shell/theme-choices.ts';
import { useTheme } from '#components/shell/use-theme.ts';
import { IconButton } from '#components/ui/button.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

/** Chooses light, dark or what the system has. */
export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <Menu label="Theme" align="end" trigger={<IconButton icon={SunMoon} label="Switch theme" />}>
      <MenuChoices value={theme} choices={THEME_CHOICES} onChange={applyTheme} />
    </Menu>
  );
}
