import { payloadOf } from './load/payload.ts';
import type { Step } from './load/plan.ts';

const BOUNDARY = 'a-boundary-of-the-benchmark';

/** What docarray 0.21 says of an array of three texts: about as long as summaries are. */
export const META_DATA = JSON.stringify({
  branding: null,
  summary: [
    { description: 'The type of the DocumentArray', name: 'Type', value: 'DocumentArrayInMemory' },
    { description: 'The length of the DocumentArray', name: 'Length', value: 3 },
    {
      description: 'Whether all documents are of the same structure, attributes',
      name: 'Homogenous Documents',
      value: true,
    },
    {
      description: 'The common attributes of all documents',
      name: 'Common Attributes',
      value: ['id', 'text'],
    },
    { description: 'The field that contains nested Documents', name: 'Has nested Documents in', value: [] },
    { description: 'Whether all documents are multimodal', name: 'Multimodal dataclass', value: false },
    { description: 'Quick overview of attributes of all documents', name: 'Inspect attributes', value: [] },
    { description: 'Quick overview of the Document Store', name: 'Storage backend', value: [] },
  ],
  version: { docarray: '0.21.0', 'jina-hubble-sdk': '0.39.0' },
});

function field(name: string, value: string): string {
  return `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

/** An upload as docarray sends it: chunked, without a length, the file first and its name after the bytes. */
export function uploadStep(path: string, token: string, name: string, sizeBytes: number): Step {
  const fields = { name, type: 'documentArray', public: 'False', metaData: META_DATA };
  const after = Object.entries(fields).map(([key, value]) => field(key, value));
  const around = {
    before: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="DocumentArray"\r\n\r\n`,
    after: `${after.join('')}\r\n--${BOUNDARY}--\r\n`,
    isChunked: true,
  };
  return {
    verb: 'POST',
    path,
    headers: { authorization: `token ${token}`, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    payload: payloadOf(name, sizeBytes, around),
    status: 200,
  };
}
