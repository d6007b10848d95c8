import { describe, expect, it } from 'vitest';
import { imagesOf } from './dockerfile-images.ts';
import { fullName, registryOf } from './image-name.ts';

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

describe('a name of an image', () => {
  it.each([
    ['python', 'docker.io', 'docker.io/library/python:latest'],
    ['jinaai/jina:3', 'docker.io', 'docker.io/jinaai/jina:3'],
    ['docker.io/python', 'docker.io', 'docker.io/library/python:latest'],
    ['localhost/x', 'localhost', 'localhost/x:latest'],
    ['r.example:5000/a/b', 'r.example:5000', 'r.example:5000/a/b:latest'],
    ['r.example/a@sha256:0', 'r.example', 'r.example/a@sha256:0'],
  ])('%s is asked of %s', (name, registry, full) => {
    expect([registryOf(name), fullName(name)]).toEqual([registry, full]);
  });
});
