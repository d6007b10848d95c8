/** A client's text as one line of at most `length` characters. */
export function oneLine(text: string, length: number): string {
  // Most of a long text is not looked at; characters beyond the first plane are two units.
  const start = text.slice(0, 4 * length).replace(/[\s\p{Cc}]+/gu, ' ');
  const characters = Array.from(start.trim());
  const isCut = characters.length > length || text.length > 4 * length;
  return isCut ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}
