export type Theme = 'light' | 'dark' | 'system';

/** In the browser's local storage; absent means "system". */
const THEME_KEY = 'gs-theme';

/**
 * Runs before the first paint, so that no page flashes in the other theme. React escapes the text of an
 * element, so it may hold no quotes, ampersands or angle brackets.
 */
export const THEME_SCRIPT = `try{var t=localStorage.getItem(\`${THEME_KEY}\`);if(t)document.documentElement.dataset.theme=t}catch(e){}`;

/** The person's choice on this browser. */
export function readTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Applies the kept choice where `THEME_SCRIPT` had no chance to. */
export function restoreTheme(): void {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be switched off.
  }
}

const listeners = new Set<() => void>();

/** Calls `listener` whenever a choice is applied; returns what ends that. */
export function watchTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Applies a choice and keeps it, where the browser lets it be kept. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}
