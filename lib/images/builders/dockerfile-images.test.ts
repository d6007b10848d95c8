import { describe, expect, it } from 'vitest';
import { imagesOf } from './dockerfile-images.ts';
import { fullName, isImageName, registryOf } from './image-name.ts';

describe('images of a Dockerfile', () => {
  it('are those of its stages, copies and mounts, once, and not its own stages', () => {
    const text = [
      '# syntax=docker/dockerfile:1',
      'ARG BASE=python:3.11',
      'ARG TAG',
      `FROM --platform=$BUILDPLATFORM \${BASE} AS Build`,
      'ARG BASE=other',
      'FROM scratch AS empty',
      'FROM build',
      `FROM base:\${TAG:-latest} \\`,
      '  AS last',
      'COPY --from=build /x /x',
      'COPY --chown=1 --from=busybox:1 /x /x',
      'COPY --from=0 /x /x',
      'RUN --mount=type=bind,from=tools:2,target=/t --mount=from=more true',
      'RUN echo FROM nothing',
    ].join('\n');
    expect(imagesOf(text, {})).toEqual(['python:3.11', 'base:latest', 'busybox:1', 'tools:2', 'more']);
    expect(imagesOf(text, { BASE: 'own', TAG: 'x' }).slice(0, 2)).toEqual(['own', 'base:x']);
  });
});

describe('an ARG before FROM', () => {
  const doubling = Array.from({ length: 40 }, (_, i) => `ARG A${i + 1}=$A${i}$A${i}`);
  it.each([
    [['ARG A0=xx', ...doubling, 'FROM $A40']],
    [[`ARG A=${'x'.repeat(1025)}`, 'FROM a']],
    [[`ARG A=${'x'.repeat(1000)}`, 'FROM $A$A']],
    [[`FROM ${'$A'.repeat(1000)}`]],
  ])('is refused before it grows: %#', (lines) => {
    expect(() => imagesOf(lines.join('\n'), {})).toThrow('has more than 1024 characters');
  });

  it('may have 1,024 characters', () => {
    const long = 'x'.repeat(1024);
    expect(imagesOf('ARG A\nFROM $A', { A: long })).toEqual([long]);
  });
});

describe('a name of an image', () => {
  it.each([
    ...[
      'docker-archive:/base/storage/x',
      'oci:/x',
      'dir:/x',
      'docker://x/y',
      'containers-storage:/x',
      'sif:/x',
    ],
    ...[
      'oci-archive:/x:y',
      'docker-daemon:/x:y',
      'ostree:x@/y',
      'tarball:/x',
      '[::1]:5000/x',
      'a/../x',
      '-x/y',
    ],
    ...[
      'A/B/../x',
      'x/Y',
      'x@sha256:0',
      'x:',
      'x:a/b',
      'x//y',
      'r.example:123456/x',
      'x y',
      '',
      'x'.repeat(513),
    ],
  ])('is not %j', (name) => {
    expect(isImageName(name)).toBe(false);
  });

  it.each([
    ...['python', 'python:3.11-slim', 'jinaai/jina:3', 'r.example:5000/a/b__c/d.e-f:1_2', '127.0.0.1:5/x'],
    ...['containers-storage:x', `x@sha256:${'0'.repeat(64)}`, `r.example/x:1@sha256:${'f'.repeat(64)}`],
  ])('may be %j', (name) => {
    expect(isImageName(name)).toBe(true);
  });

  it.each([
    ['python', 'docker.io', 'docker.io/library/python:latest'],
    ['jinaai/jina:3', 'docker.io', 'docker.io/jinaai/jina:3'],
    ['docker.io/python', 'docker.io', 'docker.io/library/python:latest'],
    ['localhost/x', 'localhost', 'localhost/x:latest'],
    ['r.example:5000/a/b', 'r.example:5000', 'r.example:5000/a/b:latest'],
    ['r.example/a@sha256:0', 'r.example', 'r.example/a@sha256:0'],
    ['r.example/a:1@sha256:0', 'r.example', 'r.example/a@sha256:0'],
    ['containers-storage:x', 'docker.io', 'docker.io/library/containers-storage:x'],
  ])('%s is asked of %s', (name, registry, full) => {
    expect([registryOf(name), fullName(name)]).toEqual([registry, full]);
  });
});
