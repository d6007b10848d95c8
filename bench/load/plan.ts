/** The body of a request: `sizeBytes` of a fixed pattern between two texts. */
export interface Payload {
  before: string;
  sizeBytes: number;
  after: string;
  /** In chunks of 1 MiB, as docarray sends what it serialises; else with a length. */
  isChunked: boolean;
}

/** One request and what its answer must be. */
export interface Step {
  verb: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  /** Path and query; `{next}` stands for what the answer before named. */
  path: string;
  headers: Record<string, string>;
  payload?: Payload;
  status: number;
  /** The answer's body must contain it. */
  contains?: string;
  /** The exact length of the answer's body. */
  lengthBytes?: number;
  /** Where the answer names the URL for `{next}` of later steps: its Location, or `data.download` of its JSON. */
  next?: 'location' | 'download';
}

/** What one connection does before it takes the next job. */
export type Job = Step[];

/** Work for a process that makes load. */
export interface Plan {
  /** Of the server: `http://host:port`. */
  origin: string;
  connections: number;
  /** Taken in order, from the first again after the last. */
  jobs: Job[];
  /** It ends after so many jobs or so many seconds, whichever is first; what has begun is finished. */
  maxJobs: number;
  maxSeconds: number;
  /** Between the end of a job and the next one on the same connection. */
  pauseMs: number;
  /** Answer with the SHA-256 of the last answer's body; costs the client time. */
  wantsDigest: boolean;
}

/** What such a process measured. */
export interface LoadResult {
  jobs: number;
  seconds: number;
  /** Of a job, in milliseconds. */
  medianMs: number;
  p99Ms: number;
  /** Hexadecimal; empty when it was not wanted. */
  sha256: string;
}
