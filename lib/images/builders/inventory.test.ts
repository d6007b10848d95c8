import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { environmentScript } from './environment.ts';
import { Inventory } from './inventory.ts';
import { readLines } from './lines.ts';

describe('an inventory', () => {
  it('is what package managers have installed, and no more', () => {
    const inventory = new Inventory();
    const said = [
      'path ./usr/lib/python3/dist-packages/Groovy_Pkg-1.0.post1.dist-info',
      'path ./x/bad name-1.dist-info',
      ...[
        'list deb',
        '| Package: libc6',
        '| Status: install ok installed',
        '| Version: 2.36-9+deb12u1',
        '| ',
      ],
      ...['| Package: gone', '| Status: deinstall ok config-files', '| Version: 1', '| '],
      ...['list apk', '| P:musl', '| V:1.2.4-r2', '| ', '| P:busybox', '| V:1.36.1-r5'],
    ];
    for (const line of said) inventory.hear(line);
    const { packages } = inventory.toSpdx('an/image') as {
      packages: { externalRefs: { referenceLocator: string }[] }[];
    };
    expect(packages.map(({ externalRefs }) => externalRefs[0]?.referenceLocator)).toEqual([
      'pkg:pypi/groovy-pkg@1.0.post1',
      'pkg:deb/libc6@2.36-9%2Bdeb12u1',
      'pkg:apk/musl@1.2.4-r2',
      'pkg:apk/busybox@1.36.1-r5',
    ]);
  });
});

describe('lines of a stream', () => {
  it('are whole wherever it was cut, and a line without end comes in pieces', async () => {
    const stream = new PassThrough();
    const said: string[] = [];
    readLines(stream, (line) => said.push(line));
    for (const piece of ['on', 'e\r\ntw', 'o\rthree', '\n\n', 'x'.repeat(20_000)]) stream.write(piece);
    await new Promise<void>((resolve) => void stream.end(resolve));
    await new Promise((resolve) => void setImmediate(resolve));
    expect(said.slice(0, 3)).toEqual(['one', 'two', 'three']);
    expect(said.slice(3).map(({ length }) => length)).toEqual([8192, 8192, 3616]);
  });
});

describe('variables of a container', () => {
  it('are none where there are none', () => {
    expect(environmentScript({})).toBe('');
  });
});
