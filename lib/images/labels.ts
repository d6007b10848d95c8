import { env } from '#lib/env.ts';

interface Labelled {
  name: string;
  commitId: string;
  meta: { description: string | null; url: string | null };
}

/** What an image says of itself, by the OCI's annotations; a label is one line of a kilobyte at most. */
export function imageLabels({ name, commitId, meta }: Labelled): Record<string, string> {
  const { PUBLIC_URL } = env();
  const known = {
    title: name,
    version: commitId,
    revision: commitId,
    created: new Date().toISOString(),
    description: meta.description,
    url: meta.url,
    source: PUBLIC_URL,
  };
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(known)) {
    const text = value
      ?.replaceAll(/\p{C}+/gu, ' ')
      .trim()
      .slice(0, 1024);
    if (text) labels[`org.opencontainers.image.${key}`] = text;
  }
  return labels;
}
