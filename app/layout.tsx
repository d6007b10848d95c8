import './globals.css';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { fontClasses } from '#components/fonts.ts';
import { THEME_SCRIPT } from '#components/shell/theme.ts';
import { Toaster } from '#components/ui/toast.tsx';
import { NONCE_HEADER } from '#lib/http/content-policy.ts';

export const metadata: Metadata = {
  title: { default: 'Groundstation', template: '%s · Groundstation' },
  description: 'A home for DocumentArrays and Executors.',
};

/** Reads the nonce of its request, so no page can be made before it is asked for, when its scripts would have none. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    // The script sets the theme on this element before React sees it.
    <html lang="en" className={fontClasses} suppressHydrationWarning>
      <head>
        {/* Browsers hide the nonce of a script that is in the page, which React would take for a difference. */}
        <script nonce={nonce} suppressHydrationWarning>
          {THEME_SCRIPT}
        </script>
      </head>
      <body>
        {children}
        <Toaster />
      </body>
    </html>
  );
}
