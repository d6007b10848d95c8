/** How an artifact wants to be shown, after the parts that are safe to show were kept. */
export interface Branding {
  /** One grapheme, or null. */
  icon: string | null;
  /** A CSS colour, or null. */
  background: string | null;
}

const COLOURS = [
  /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i,
  /^(?:rgb|hsl)a?\([\d\s.,%/]{1,40}(?:deg)?[\d\s.,%/]{0,40}\)$/i,
  // A name; one that is no colour paints nothing.
  /^[a-z]{3,24}$/i,
];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No grapheme of a picture is longer, in UTF-16 units; stacks of combining marks are. */
const MAX_ICON_LENGTH = 32;
/** Something to see: more than marks, spaces and what steers the direction of text. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}]/u;

function readIcon(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const [first] = graphemes.segment(value.trim());
  if (!first || first.segment.length > MAX_ICON_LENGTH) return null;
  return VISIBLE.test(first.segment) ? first.segment : null;
}

function readColour(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const colour = value.trim();
  return COLOURS.some((form) => form.test(colour)) ? colour : null;
}

/** Reads `metaData.branding`, which a client may have filled with anything. */
export function readBranding(branding: unknown): Branding {
  const given = typeof branding === 'object' && branding !== null ? branding : {};
  return {
    icon: 'icon' in given ? readIcon(given.icon) : null,
    background: 'background' in given ? readColour(given.background) : null,
  };
}
