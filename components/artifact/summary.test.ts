import { describe, expect, it } from 'vitest';
import { readSummary } from '#components/artifact/summary.ts';

const read = (summary: unknown) => readSummary(JSON.stringify({ summary }));

describe('readSummary', () => {
  it('says what docarray sends in the order in which it was sent', () => {
    const summary = [
      { name: 'Type', value: 'DocumentArrayInMemory', description: '' },
      { name: 'Length', value: 5809 },
      { name: 'Homogenous Documents', value: true },
      { name: 'Common Attributes', value: ['id', 'text'] },
      { name: 'Subindices', value: [] },
      { name: 'Inspect attributes', value: [{ name: 'id' }] },
      { name: 'Multimodal dataclass' },
    ];
    expect(read(summary).map(({ name, value }) => [name, value])).toEqual([
      ['Type', 'DocumentArrayInMemory'],
      ['Length', '5,809'],
      ['Homogenous Documents', 'True'],
      ['Common Attributes', 'id, text'],
      ['Subindices', 'None'],
      ['Inspect attributes', '[{"name":"id"}]'],
      ['Multimodal dataclass', 'None'],
    ]);
  });

  it.each([null, 'text', {}, [1, null, 'x', [], { value: 1 }, { name: 3 }]])(
    'finds no line in %j',
    (summary) => {
      expect(read(summary)).toEqual([]);
      expect(readSummary(null)).toEqual([]);
    },
  );

  it('stays short, whatever was sent', () => {
    const long = 'x'.repeat(1_000_000);
    const [first] = read([{ name: long, value: long }]);
    expect(first?.name.length).toBeLessThan(110);
    expect(first?.value.length).toBeLessThan(510);
    expect(read(Array.from({ length: 5000 }, () => ({ name: 'x', value: 1 })))).toHaveLength(100);
  });
});
