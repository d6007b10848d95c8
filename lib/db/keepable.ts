/** Whether Postgres can hold a text as it is: NUL it refuses, and half a surrogate pair would come back as another character. */
export function isKeepable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
