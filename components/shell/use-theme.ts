'use client';

import { useSyncExternalStore } from 'react';
import { readTheme, type Theme, watchTheme } from '#components/shell/theme.ts';

/** The person's choice, the same wherever the page shows it; until the page is alive, "system". */
export function useTheme(): Theme {
  return useSyncExternalStore(watchTheme, readTheme, () => 'system');
}
