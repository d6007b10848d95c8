import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryOf } from '#lib/registry/reference.ts';
import { repositoryToken } from '#lib/registry/token.ts';
import { succeed } from './run.ts';

const BLOCK = 512;

/** An archive with one file in it, as POSIX has it. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (text: string, at: number) => header.write(text, at, 'latin1');
  put(name, 0);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\0', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding, Buffer.alloc(2 * BLOCK)]);
}

const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/**
 * Writes an image that nothing runs, as an OCI layout: so many layers with so many bytes, which no other image has.
 * @returns the digest of its manifest.
 */
function writeLayout(folder: string, layers: number, bytes: number): string {
  const blobs = path.join(folder, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (blob: Buffer, mediaType: string) => {
    const digest = digestOf(blob);
    writeFileSync(path.join(blobs, digest.slice('sha256:'.length)), blob);
    return { mediaType: `application/vnd.oci.image.${mediaType}`, digest, size: blob.length };
  };
  const archives = Array.from({ length: layers }, (_, index) => tarOf(`file-${index}`, randomBytes(bytes)));
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: archives.map(digestOf) },
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: put(Buffer.from(JSON.stringify(config)), 'config.v1+json'),
    layers: archives.map((archive) => put(gzipSync(archive, { level: 1 }), 'layer.v1.tar+gzip')),
  };
  const entry = put(Buffer.from(JSON.stringify(manifest)), 'manifest.v1+json');
  writeFileSync(path.join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(path.join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));
  return entry.digest;
}

interface PushOptions {
  /** Of the registry: `127.0.0.1:5000`. */
  registry: string;
  executorId: string;
  tag: string;
  /** A folder for it, which is gone afterwards. */
  folder: string;
  layers?: number;
  /** Of each layer. */
  bytes?: number;
}

/**
 * Pushes a new image as a worker of the server would, by a token for its repository.
 * @returns the digest of its manifest.
 */
export async function pushImage(options: PushOptions): Promise<string> {
  const { registry, executorId, tag, folder, layers = 2, bytes = 20_000 } = options;
  const layout = path.join(folder, `layout-${randomBytes(6).toString('hex')}`);
  const repository = repositoryOf(executorId);
  const digest = writeLayout(layout, layers, bytes);
  const token = await repositoryToken({ repository, actions: ['pull', 'push'], seconds: 600 });
  const words = [
    '--insecure-policy',
    'copy',
    '--quiet',
    '--dest-tls-verify=false',
    '--dest-registry-token',
    token,
  ];
  try {
    await succeed(['skopeo', ...words, `oci:${layout}`, `docker://${registry}/${repository}:${tag}`]);
  } finally {
    rmSync(layout, { recursive: true });
  }
  return digest;
}
