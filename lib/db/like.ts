/** The right side of `LIKE` for what is exactly this text. */
export function likeExactly(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}

/** For what begins with it. */
export function likePrefix(text: string): string {
  return `${likeExactly(text)}%`;
}

/** For what has it somewhere. */
export function likeContaining(text: string): string {
  return `%${likeExactly(text)}%`;
}
