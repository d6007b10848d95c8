import localFont from 'next/font/local';

/**
 * The letters of the pages. A font that comes too late for the first picture is used from the next page on: text that
 * changes its letters while one reads moves everything beside it. What a few names need is loaded when they appear.
 */
const sans = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'optional',
  variable: '--font-geist',
});
const sansMore = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-ext-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0',
    },
  ],
  variable: '--font-geist-more',
});
const mono = localFont({
  src: '../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'optional',
  variable: '--font-geist-mono',
});

/** For the root element; `--font-sans` and `--font-mono` of globals.css use them. */
export const fontClasses = `${sans.variable} ${sansMore.variable} ${mono.variable}`;
