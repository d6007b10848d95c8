/** A JSON text as the replacement of sed's `s|…|…|`. */
function escaped(json: string): string {
  return json.replaceAll(/[\\&|]/g, '\\$&');
}

/**
 * A script for sed that adds variables to the settings of a container, which are one line of JSON. Within a text there the quotes
 * are escaped, so nothing but the key itself looks like it.
 */
export function environmentScript(variables: Record<string, string>): string {
  const entries = Object.entries(variables).map(([name, value]) => JSON.stringify(`${name}=${value}`));
  if (entries.length === 0) return '';
  return `s|"env":\\[|&${escaped(`${entries.join(',')},`)}|\n`;
}
