/** What a build may use at most. Where an engine cannot hold one, docs/security.md says so. */
export interface BuildLimits {
  memoryBytes: number;
  cpus: number;
  processes: number;
  diskBytes: number;
  seconds: number;
}

/** What a build may reach: nothing, the package index alone, or everything but this machine and its own network. */
export type BuildNetwork = 'none' | 'index' | 'open';

/** An image to build. Everything in it comes from whoever pushed: it is hostile until proved otherwise. */
export interface BuildJob {
  /** The folder of the package. */
  contextDir: string;
  /** Of the Dockerfile, in that folder. */
  dockerfile: string;
  /** What the image is called: `registry.example.org:5000/jinahub/ab12cd34:<commit>`. */
  tag: string;
  buildArgs: Record<string, string>;
  /** Variables for RUN steps alone: in no layer, no history, no line of the log. */
  secrets: Record<string, string>;
  /** By the OCI's annotations. */
  labels: Record<string, string>;
  /** `linux/amd64`; null: the builder's own. */
  platform: string | null;
  noCache: boolean;
  network: BuildNetwork;
  limits: BuildLimits;
  onLog(line: string, source: 'stdout' | 'stderr'): void;
  /** Ends the build at once, with everything that it started. */
  signal: AbortSignal;
}

interface PushOptions {
  /** A token of the registry for this repository alone. */
  token: string;
  onLog(line: string, source: 'stdout' | 'stderr'): void;
  signal: AbortSignal;
}

/** An image on the builder. */
export interface BuiltImage {
  /** `linux/amd64` */
  platform: string;
  /** What is installed in it, as SPDX; null when that could not be read. It may be read while the image is pushed. */
  bom(): Promise<object | null>;
  /**
   * Puts it into the registry.
   * @returns the digest of its manifest: `sha256:…`.
   * @throws Fault `unavailable` when the registry does not take it; nothing of the user's failed then.
   */
  push(options: PushOptions): Promise<string>;
  /** Takes it off the builder, with all that was only its. */
  remove(): Promise<void>;
}

/** Builds images: a program on this machine, an engine, or a builder elsewhere. */
export interface ImageBuilder {
  /**
   * Builds one image.
   * @throws Fault `build-failed` with the step that failed and its last lines, for what the user has to mend; `unavailable` for
   *   what they cannot.
   */
  build(job: BuildJob): Promise<BuiltImage>;
  /** Ends and removes whatever earlier builds of this builder left behind. */
  sweep(): Promise<void>;
}
