import '@fontsource-variable/geist';
import '@fontsource-variable/geist-mono';
import './globals.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { THEME_SCRIPT } from '#components/shell/theme.ts';
import { Toaster } from '#components/ui/toast.tsx';

export const metadata: Metadata = {
  title: { default: 'Groundstation', template: '%s · Groundstation' },
  description: 'A home for DocumentArrays and Executors.',
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script sets the theme on this element before React sees it.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script>{THEME_SCRIPT}</script>
      </head>
      <body>
        {children}
        <Toaster />
      </body>
    </html>
  );
}
