import { paths } from '#components/paths.ts';
import { classes } from '#components/ui/classes.ts';

/** The first letters of the first two words. */
function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase())
    .join('');
}

interface AvatarProps {
  /** Of the picture, hexadecimal; null where there is none. */
  sha256: string | null;
  /** What people call the person. */
  name: string;
  /** Its size, and that of the letters. */
  className: string;
}

/** A person's picture, or their initials. Decoration: the name stands beside it. */
export function Avatar({ sha256, name, className }: AvatarProps) {
  if (sha256 !== null)
    return (
      // biome-ignore lint/performance/noImgElement: it is small already, and its address needs the cookie.
      <img
        src={paths.avatar(sha256)}
        alt=""
        className={classes('shrink-0 rounded-full object-cover', className)}
      />
    );
  return (
    <span
      aria-hidden
      className={classes(
        'grid shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent',
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
