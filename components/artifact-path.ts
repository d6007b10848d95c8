/** What an artifact's address is made of. */
export interface ArtifactPlace {
  namespace: string;
  name: string | null;
  id: string;
}

/** What an artifact's address says: its namespace, and its name or its id. */
export type ArtifactAddress =
  | { namespace: string; name: string; id?: undefined }
  | { namespace: string; id: string; name?: undefined };

/** Marks an id where a name would stand. */
const ID_MARK = '~';

/**
 * Browsers resolve `.` and `..` even when they are escaped, and servers join slashes. Next unescapes a percent sign once
 * or twice, depending on the way to the page, and takes the end `.rsc` for its own.
 */
function survivesInPath(name: string): boolean {
  return (
    !/%|\.rsc$/.test(name) &&
    !name.startsWith(ID_MARK) &&
    name.split('/').every((part) => !['', '.', '..'].includes(part))
  );
}

/** The address of a thing below `/storage` or `/executors`: by name, or by id where the name does not survive in a URL. */
export function placePath(section: string, { namespace, name, id }: ArtifactPlace): string {
  const rest =
    name !== null && survivesInPath(name)
      ? name.split('/').map(encodeURIComponent).join('/')
      : `${ID_MARK}${id}`;
  return `${section}/${encodeURIComponent(namespace)}/${rest}`;
}

/** Reads the escaped segments after `/storage/` or `/executors/` that `placePath` wrote; null when they name nothing. */
export function parseArtifactSegments(segments: string[]): ArtifactAddress | null {
  let decoded: string[];
  try {
    decoded = segments.map(decodeURIComponent);
  } catch {
    return null;
  }
  const [namespace, first, ...others] = decoded;
  if (!namespace || !first) return null;
  if (!first.startsWith(ID_MARK)) return { namespace, name: [first, ...others].join('/') };
  return others.length === 0 ? { namespace, id: first.slice(ID_MARK.length) } : null;
}

/** The artifact or Executor whose page has this path; null for every other page. */
export function parsePlacePath(pathname: string): ArtifactAddress | null {
  const [, section = '', ...segments] = pathname.split('/');
  return ['storage', 'executors'].includes(section) ? parseArtifactSegments(segments) : null;
}
