import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import yazl from 'yazl';
import { insertExecutor, insertNextCommit, insertTask, type MadeExecutor } from '#lib/testing/executors.ts';
import { type Person, push } from './api.ts';

type Options = Partial<Omit<Parameters<typeof insertExecutor>[1], 'namespaceId' | 'package' | 'blobId'>> & {
  name: string;
  /** The package, by path. */
  files?: Record<string, string | Buffer>;
};

/** The smallest picture. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const SAMPLE_FILES = {
  'README.md': `# What it does

Takes documents with text, and fills each document's \`embedding\` with 512 numbers. See [the source](executor.py),
[its home](https://example.org/clip) and [nothing good](javascript:alert(1)).

![a picture of ours](pictures/dot.png) ![one from elsewhere](https://elsewhere.example/track.png) ![a drawing](logo.svg)

<script>document.title = 'taken over'</script>

\`\`\`python
from jina import Document, DocumentArray, Flow

f = Flow().add(uses='jinaai://mira/CLIPTextEncoder')
with f:
    docs = f.post('/encode', DocumentArray([Document(text='a green sofa')]))
\`\`\`

## Pair it with images

| Name | Meaning |
|---|---|
| device | where to run |

- Set \`device='cuda'\` on a machine with a GPU.
- Texts over 77 tokens are cut.
`,
  'config.yml': 'jtype: CLIPTextEncoder\npy_modules:\n  - executor.py\nmetas:\n  name: CLIPTextEncoder\n',
  'executor.py': `from jina import DocumentArray, Executor, requests


class CLIPTextEncoder(Executor):
    """Embeds text with CLIP."""

    def __init__(self, device: str = 'cpu', batch_size: int = 32, **kwargs):
        super().__init__(**kwargs)
        self.device = device

    @requests(on='/encode')
    def encode(self, docs: DocumentArray, **kwargs):
        """Text in, embedding out."""
        for doc in docs:
            doc.embedding = None  # what the model says
`,
  'requirements.txt': 'transformers>=4.46\ntorch==2.5.1\n',
  'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'pictures/dot.png': PIXEL,
};

const FACTS = {
  filePath: 'executor.py',
  readmePath: 'README.md',
  dependencies: ['transformers>=4.46', 'torch==2.5.1'],
  init: {
    args: [],
    kwargs: [
      { name: 'device', annotation: 'str', default: "'cpu'", doc: 'Where to run: cpu, cuda or cuda:0.' },
      { name: 'batch_size', annotation: 'int', default: '32', doc: 'Documents encoded at once.' },
    ],
    docstring: null,
  },
  endpoints: [
    {
      name: 'encode',
      requests: "['/encode']",
      routes: ['/encode'],
      args: [{ name: 'docs', annotation: 'DocumentArray', default: null, doc: null }],
      kwargs: [],
      docstring: 'Text in, embedding out.',
      isAsync: false,
      inheritedFrom: null,
    },
  ],
};

async function zipped(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

async function namespaceOf(client: pg.Client, { name }: Person): Promise<string> {
  return (await client.query('SELECT id FROM namespace WHERE slug = $1', [name])).rows[0].id;
}

/** Runs `work` on the database of the server under test. */
export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Takes an artifact's bytes for a package: its rows go, its blob stays. */
async function storePackage(client: pg.Client, person: Person, bytes: Buffer): Promise<string> {
  const { _id } = await push(person, { name: `package-${Math.random()}`, bytes: new Uint8Array(bytes) });
  await client.query('BEGIN');
  await client.query(
    `UPDATE namespace_usage u SET used_bytes = used_bytes - a.size_bytes, current_bytes = current_bytes - a.size_bytes
     FROM artifact a WHERE a.id = $1 AND a.namespace_id = u.namespace_id`,
    [_id],
  );
  const { rows } = await client.query(
    'DELETE FROM artifact_version WHERE artifact_id = $1 RETURNING blob_id',
    [_id],
  );
  await client.query('DELETE FROM artifact WHERE id = $1', [_id]);
  await client.query('COMMIT');
  return rows[0].blob_id;
}

/** Makes an Executor of somebody's, as a push leaves it, with a package that can be read. */
export async function makeExecutor(
  client: pg.Client,
  person: Person,
  options: Options,
): Promise<MadeExecutor> {
  const { files = SAMPLE_FILES, facts, ...rest } = options;
  const bytes = await zipped(files);
  const blobId = await storePackage(client, person, bytes);
  const listed = Object.entries(files).map(([path, content]) => ({ path, sizeBytes: content.length }));
  return insertExecutor(client, {
    readme: String(files['README.md'] ?? ''),
    ...rest,
    namespaceId: await namespaceOf(client, person),
    package: bytes,
    blobId,
    facts: { ...FACTS, files: listed.sort((a, b) => (a.path < b.path ? -1 : 1)), ...facts },
  });
}

/** Adds a commit without a package that could be read. */
export async function addCommit(client: pg.Client, person: Person, executorId: string): Promise<string> {
  const namespaceId = await namespaceOf(client, person);
  const bytes = Buffer.from(`another ${Math.random()}`);
  return insertNextCommit(client, { namespaceId, executorId, package: bytes, facts: FACTS });
}

/** Adds a push that is remembered. */
export async function addTask(
  client: pg.Client,
  person: Person,
  options: Omit<Parameters<typeof insertTask>[1], 'namespaceId'>,
): Promise<string> {
  return insertTask(client, { ...options, namespaceId: await namespaceOf(client, person) });
}
