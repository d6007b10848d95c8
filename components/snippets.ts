/** The lines of a shell that point a client at this server. */
export function connectSnippet(serverAddress: string, token = ''): string {
  return `export JINA_HUBBLE_REGISTRY=${serverAddress}\nexport JINA_AUTH_TOKEN=${token}`;
}

/** A text as Python writes it. */
function pythonText(text: string): string {
  return /['\\]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}

/** What pulls one artifact, for a notebook. */
export function pullSnippet(namespace: string, name: string): string {
  return `DocumentArray.pull(${pythonText(`${namespace}/${name}`)})`;
}

interface PushSnippet {
  id: string;
  title: string;
  code: string;
}

/** How to push, for each kind of client, with the person's own namespace. */
export function pushSnippets(namespace: string): PushSnippet[] {
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
      code: `curl -H "Authorization: token $JINA_AUTH_TOKEN" \\
  -F file=@photos.bin -F name=my-photos \\
  "$JINA_HUBBLE_REGISTRY/v2/rpc/artifact.upload"`,
    },
  ];
}
