/** A layer of an image, as its manifest says it. */
export interface ImageLayer {
  /** `sha256:…` */
  digest: string;
  /** Compressed. */
  sizeBytes: number;
}

/** An image that is in the registry, before its row is written. */
export interface NewImage {
  /** Never moves (lib/registry/reference.ts). */
  tag: string;
  /** Of its manifest: `sha256:…` */
  digest: string;
  /** `linux/amd64` */
  platform: string;
  /** That it was rebuilt for; null: as it was pushed. */
  jinaVersion: string | null;
  /** From the lowest one on. */
  layers: ImageLayer[];
  /** What is installed in it, as SPDX; null when that could not be read. */
  bom: object | null;
  buildMs: number;
}
