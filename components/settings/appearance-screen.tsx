'use client';

import { SettingsSection } from '#components/settings/settings-section.tsx';
import { applyTheme } from '#components/shell/theme.ts';
import { THEME_CHOICES } from '#components/shell/theme-choices.ts';
import { useTheme } from '#components/shell/use-theme.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';

const HELP = {
  light: 'Dark on light, at any time of day.',
  dark: 'Light on dark, at any time of day.',
  system: 'As this device has it, and changing with it.',
};

const OPTIONS = THEME_CHOICES.map(({ value, label }) => ({ value, label, help: HELP[value] }));

/** How the pages look in this browser. */
export function AppearanceScreen() {
  const theme = useTheme();
  return (
    <SettingsSection id="theme" title="Theme" help="This browser keeps it; other browsers have their own.">
      <RadioGroup labelledBy="theme" value={theme} options={OPTIONS} onChange={applyTheme} />
    </SettingsSection>
  );
}
