import type { Snippet } from '#components/snippets.ts';

/** What makes a new Executor and pushes it, for each kind of push. */
export function pushExecutorSnippets(): Snippet[] {
  return [
    { id: 'public', title: 'Public', code: 'jina hub push --public .' },
    { id: 'private', title: 'Private', code: 'jina hub push --private .' },
    { id: 'tag', title: 'With a tag', code: 'jina hub push -t v1 -t latest .' },
    { id: 'variable', title: 'With a build variable', code: 'jina hub push --build-env TOKEN=value .' },
  ];
}

/** The files of a small Executor. */
export const SMALL_EXECUTOR = {
  'executor.py': `from jina import DocumentArray, Executor, requests

class MyEncoder(Executor):
    """Writes the length of each text into its tags."""

    @requests(on='/encode')
    def encode(self, docs: DocumentArray, **kwargs):
        for doc in docs:
            doc.tags['length'] = len(doc.text)`,
  'config.yml': `jtype: MyEncoder
py_modules:
  - executor.py
metas:
  name: MyEncoder
  description: Writes the length of each text into its tags.
  keywords: [text]`,
};

/** What an Executor is used by: contract 7.1. */
export interface UseTarget {
  id: string;
  /** The slug; of what is nobody's, that of the system. */
  namespace: string;
  name: string;
  /** The name by which everybody finds it without a namespace. */
  legacyName?: string | null;
  /** It opens to whoever has its secret, which is never shown. */
  hasSecret?: boolean;
}

/** The address of an Executor for a Flow; null is the tag that everybody gets who asks for none. */
export function executorUri(
  { namespace, name }: UseTarget,
  tag: string | null = null,
  scheme: 'jinaai' | 'jinaai+docker' = 'jinaai',
): string {
  return `${scheme}://${namespace}/${name}${tag === null ? '' : `:${tag}`}`;
}

/** The old address without a namespace, where it has one; its secret is left for the reader to fill in. */
function legacyUri({ id, legacyName, hasSecret }: UseTarget, tag: string | null): string | null {
  if (!legacyName && !hasSecret) return null;
  const secret = hasSecret ? ':<secret>' : '';
  return `jinahub://${legacyName ?? id}${secret}${tag === null ? '' : `/${tag}`}`;
}

/** A port for the one container of an example. */
const PORT = 12_345;

/** The ways to use an image; what stands behind its name goes to jina, which is its entry point. */
function waysToRun(target: UseTarget, tag: string | null, image: string): Snippet[] {
  return [
    {
      id: 'container',
      title: 'Container',
      code: `from jina import Flow

f = Flow().add(
    uses='${executorUri(target, tag, 'jinaai+docker')}',
)`,
    },
    {
      id: 'docker',
      title: 'Docker',
      code: `docker pull ${image}
docker run --rm -p ${PORT}:${PORT} ${image} --port ${PORT}`,
    },
  ];
}

interface UseOptions {
  /** Null is the tag that everybody gets who asks for none. */
  tag: string | null;
  serverAddress: string;
  /** The image of the tag as engines pull it; null: it has none. */
  image: string | null;
}

/** The ways to use a tag of an Executor. */
export function waysToUse(target: UseTarget, { tag, serverAddress, image }: UseOptions): Snippet[] {
  const uri = executorUri(target, tag);
  const legacy = legacyUri(target, tag);
  const query = new URLSearchParams({
    id: `${target.namespace}/${target.name}`,
    ...(tag === null ? {} : { tag }),
  });
  return [
    {
      id: 'python',
      title: 'Python',
      code: `from jina import Flow

f = Flow().add(
    uses='${uri}',
    install_requirements=True,
)`,
    },
    {
      id: 'yaml',
      title: 'YAML',
      code: `jtype: Flow
executors:
  - name: ${target.name}
    uses: ${uri}
    install_requirements: true`,
    },
    { id: 'command-line', title: 'Command line', code: `jina executor --uses ${uri} --install-requirements` },
    ...(image === null ? [] : waysToRun(target, tag, image)),
    ...(legacy ? [{ id: 'legacy', title: 'jinahub://', code: `f = Flow().add(uses='${legacy}')` }] : []),
    {
      id: 'curl',
      title: 'curl',
      code: `curl -s '${serverAddress}/v2/executor/getMeta?${query}'`,
    },
  ];
}
