import { expect, it } from 'vitest';
import { pullSnippets } from '#components/snippets.ts';

const ADDRESS = 'http://127.0.0.1:3000';

function codeOf(name: string | null): Record<string, string> {
  const target = { id: '65f1c2a90b7e4d3c8a12ef07', namespace: 'mira', name };
  return Object.fromEntries(pullSnippets(target, ADDRESS).map(({ id, code }) => [id, code]));
}

it('pulls by the full name, from this server', () => {
  const code = codeOf('photos');
  expect(code['docarray-1']).toContain(`'mira/photos'`);
  expect(code['docarray-2']).toContain(`'jac://mira/photos'`);
  expect(code.curl).toContain(`--data-urlencode 'name=mira/photos'`);
  expect(code.curl).toContain(`${ADDRESS}/v2/rpc/artifact.getDownloadUrl`);
});

it('never lets a name end the text in which it stands', () => {
  const code = codeOf(`it's \\ "$(id)"`);
  expect(code['docarray-1']).toContain(`'mira/it\\'s \\\\ "$(id)"'`);
  expect(code.curl).toContain(`'name=mira/it'\\''s \\ "$(id)"'`);
  expect(code.curl).toContain('-o it-s-id-.bin');
});

it('pulls what has no name by its id, which docarray cannot', () => {
  const code = codeOf(null);
  expect(Object.keys(code)).toEqual(['curl']);
  expect(code.curl).toContain(`'id=65f1c2a90b7e4d3c8a12ef07'`);
});
