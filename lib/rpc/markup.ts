/**
 * A text that clients put into a console that reads markup (contract 1.9): there `[/usr/lib]` closes what is not open, and
 * ends the client. A backslash makes it plain; those that stand before it already are doubled, or they would undo it.
 */
export function withoutMarkup(text: string): string {
  return text.replaceAll(/(\\*)\[\//g, '$1$1\\[/');
}
