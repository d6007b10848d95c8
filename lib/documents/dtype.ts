const KINDS: Record<string, string> = { f: 'float', i: 'int', u: 'uint', c: 'complex' };
const WHOLE: Record<string, string> = { b: 'bool', U: 'str', S: 'bytes', O: 'object' };

/** A dtype as numpy stores it, such as `<f4`, by the name that people know: `float32`. What is unknown stays as it is. */
export function dtypeName(dtype: string): string {
  const [, kind = '', bytes = ''] = /^[<>|=]?([a-zA-Z])(\d{0,4})$/.exec(dtype) ?? [];
  if (Object.hasOwn(KINDS, kind) && bytes !== '') return `${KINDS[kind]}${Number(bytes) * 8}`;
  return (Object.hasOwn(WHOLE, kind) && WHOLE[kind]) || dtype;
}
