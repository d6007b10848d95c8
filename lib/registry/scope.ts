/** What a client asks to do with something of the registry: `repository:jinahub/ab12cd34:pull,push`. */
export interface Scope {
  type: string;
  name: string;
  actions: string[];
}

/** More than any client asks for at once, which adds one for each repository that it knows layers of. */
const MAX_SCOPES = 100;

function parseScope(text: string): Scope | null {
  // A name may hold a colon, of a host's port.
  const [first, last] = [text.indexOf(':'), text.lastIndexOf(':')];
  if (first <= 0 || last === first) return null;
  const [type, name] = [text.slice(0, first), text.slice(first + 1, last)];
  const actions = text
    .slice(last + 1)
    .split(',')
    .filter(Boolean);
  return name === '' ? null : { type, name, actions };
}

/**
 * The scopes in `scope` parameters, each of which may hold several, separated by spaces. What is none is left out, since
 * a client is answered with what it may do, and nothing else.
 */
export function parseScopes(parameters: string[]): Scope[] {
  const texts = parameters.flatMap((parameter) => parameter.split(' ')).filter(Boolean);
  return texts
    .slice(0, MAX_SCOPES)
    .map(parseScope)
    .filter((scope) => scope !== null);
}
