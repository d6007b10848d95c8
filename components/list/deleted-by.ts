/** Programs that are Python to the person who wrote them. */
const PYTHON = /^(python|python-requests|aiohttp) /i;

/** Who deleted something by that program: `you, in the browser`, `you, from Python`. */
export function deletedByProgram(program: string | null): string {
  if (program === null || program === 'Unknown') return 'you';
  if (program === 'Browser') return 'you, in the browser';
  return PYTHON.test(program) ? 'you, from Python' : `you, ${program}`;
}
