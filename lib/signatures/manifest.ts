import { createHash } from 'node:crypto';

/** A signature as it is kept. */
export interface KeptSignature {
  payload: string;
  /** In base64. */
  signature: string;
}

/** Bytes that go into the registry. */
interface Blob {
  digest: string;
  bytes: Buffer;
}

/** All signatures of an image in the form in which cosign looks for them. */
export interface SignatureManifest {
  bytes: Buffer;
  /** Its own: `sha256:…` */
  digest: string;
  /** The configuration, then the payloads. */
  blobs: Blob[];
}

export const SIGNATURE_MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
const PAYLOAD_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';
const ANNOTATION = 'dev.cosignproject.cosign/signature';
/** Cosign's own word for no time. */
const NO_TIME = '0001-01-01T00:00:00Z';

/** `sha256:…` of some bytes. */
export function digestOfBytes(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The tag under which cosign looks for the signatures of an image: `sha256-<hex>.sig`. */
export function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

const asBlob = (bytes: Buffer): Blob => ({ digest: digestOfBytes(bytes), bytes });
const described = ({ digest, bytes }: Blob, mediaType: string) => ({ mediaType, size: bytes.length, digest });

/** The manifest with a layer for each signature; the same signatures give the same bytes. */
export function signatureManifest(signatures: KeptSignature[]): SignatureManifest {
  const layers = signatures.map(({ payload }) => asBlob(Buffer.from(payload)));
  const config = asBlob(
    Buffer.from(
      JSON.stringify({
        ...{ architecture: '', created: NO_TIME, history: layers.map(() => ({ created: NO_TIME })), os: '' },
        ...{ rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) }, config: {} },
      }),
    ),
  );
  const bytes = Buffer.from(
    JSON.stringify({
      ...{ schemaVersion: 2, mediaType: SIGNATURE_MANIFEST_TYPE, config: described(config, CONFIG_TYPE) },
      layers: layers.map((layer, index) => ({
        ...described(layer, PAYLOAD_TYPE),
        annotations: { [ANNOTATION]: signatures[index]?.signature },
      })),
    }),
  );
  const blobs = [config, ...new Map(layers.map((layer) => [layer.digest, layer])).values()];
  return { bytes, digest: digestOfBytes(bytes), blobs };
}
