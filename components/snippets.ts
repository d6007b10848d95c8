/** The lines of a shell that point a client at this server, and log it in: by the token, or in a browser without one. */
export function connectSnippet(serverAddress: string, token?: string): string {
  const logIn = token === undefined ? 'jina-auth login' : `export JINA_AUTH_TOKEN=${token}`;
  return `export JINA_HUBBLE_REGISTRY=${serverAddress}\n${logIn}`;
}

/** What pulls one artifact, for a notebook. */
export function pullSnippet(namespace: string, name: string): string {
  return `DocumentArray.pull(${pythonText(`${namespace}/${name}`)})`;
}

/** Lines of code for one kind of client. */
export interface Snippet {
  id: string;
  title: string;
  code: string;
}

/** How to push, for each kind of client, with the person's own namespace. */
export function pushSnippets(namespace: string): Snippet[] {
  return [
    {
      id: 'docarray-1',
      title: 'docarray 0.21 and older',
      code: `from docarray import Document, DocumentArray

photos = DocumentArray([Document(text='sunrise'), Document(text='sunset')])
photos.push('${namespace}/my-photos')

same = DocumentArray.pull('${namespace}/my-photos')`,
    },
    {
      id: 'docarray-2',
      title: 'docarray 0.30 and newer',
      code: `from docarray import BaseDoc, DocList

class Photo(BaseDoc):
    title: str

photos = DocList[Photo]([Photo(title='sunrise'), Photo(title='sunset')])
photos.push('jac://${namespace}/my-photos')

same = DocList[Photo].pull('jac://${namespace}/my-photos')`,
    },
    {
      id: 'command-line',
      title: 'Command line',
      code: `# JINA_AUTH_TOKEN is a token from Settings, Tokens.
curl -H "Authorization: token $JINA_AUTH_TOKEN" \\
  -F file=@photos.bin -F name=my-photos \\
  "$JINA_HUBBLE_REGISTRY/v2/rpc/artifact.upload"`,
    },
  ];
}

/** What is pulled: by its name in its namespace or, without a name, by its id. */
interface PullTarget {
  id: string;
  namespace: string;
  name: string | null;
}

/** A text as Python reads it; names hold quotes and backslashes. */
function pythonText(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

/** A text as a shell takes it, letter for letter. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A name for a file that no shell and no disk minds. */
function fileName({ id, name }: PullTarget): string {
  const safe = (name ?? id).replaceAll(/[^\w.-]+/g, '-').replace(/^[-.]+/, '');
  return `${safe || id}.bin`;
}

function curlSnippet(target: PullTarget, serverAddress: string): string {
  const { id, namespace, name } = target;
  const field = name === null ? `id=${id}` : `name=${namespace}/${name}`;
  return `# JINA_AUTH_TOKEN is a token from Settings, Tokens.
curl -sG -H "Authorization: token $JINA_AUTH_TOKEN" \\
  --data-urlencode ${shellText(field)} \\
  ${serverAddress}/v2/rpc/artifact.getDownloadUrl |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["data"]["download"])' |
  xargs curl -L -o ${fileName(target)}`;
}

/** How to pull, for each kind of client. docarray knows no ids: an unnamed artifact is pulled by curl alone. */
export function pullSnippets(target: PullTarget, serverAddress: string): Snippet[] {
  const curl = { id: 'curl', title: 'curl', code: curlSnippet(target, serverAddress) };
  if (target.name === null) return [curl];
  const full = `${target.namespace}/${target.name}`;
  const program = `from docarray import DocumentArray; DocumentArray.pull(${pythonText(full)}).save_binary('${fileName(target)}')`;
  return [
    {
      id: 'docarray-1',
      title: 'docarray 1',
      code: `from docarray import DocumentArray

docs = DocumentArray.pull(
    ${pythonText(full)}
)`,
    },
    {
      id: 'docarray-2',
      title: 'docarray 2',
      code: `from docarray import BaseDoc, DocList

class MyDoc(BaseDoc):
    title: str  # the fields that were pushed

docs = DocList[MyDoc].pull(
    ${pythonText(`jac://${full}`)}
)`,
    },
    { id: 'command-line', title: 'Command line', code: `python3 -c ${shellText(program)}` },
    curl,
  ];
}
