/** How long a name from a user agent may be. */
const MAX_LENGTH = 60;

/** A program as people call it, from its user agent: `python-requests 2.31.0`, `Browser`, or what it said. */
export function clientName(userAgent: string): string {
  if (userAgent.startsWith('Mozilla/')) return 'Browser';
  if (userAgent === 'unknown' || userAgent.trim() === '') return 'Unknown';
  const product = /^([\w.-]+)\/([\w.+-]+)/.exec(userAgent);
  return (product ? `${product[1]} ${product[2]}` : userAgent).slice(0, MAX_LENGTH);
}
