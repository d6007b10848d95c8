/** Section 12.2: no Executor, more than one, one that cannot be made, imports in a circle, anything else. */
export type NormaliserCode = 4000 | 4001 | 4002 | 4003 | 5000;

interface Place {
  file?: string;
  /** Counted from 1. */
  line?: number;
  cause?: unknown;
}

/** Why a package is refused: one public sentence that says what happened and what to do. */
export class NormaliserError extends Error {
  readonly code: NormaliserCode;
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(code: NormaliserCode, sentence: string, place: Place = {}) {
    super(sentence, { cause: place.cause });
    this.name = 'NormaliserError';
    this.code = code;
    this.file = place.file;
    this.line = place.line;
  }
}

export interface NormaliserInput {
  /** Every file of the package, relative and with `/`, and its size in bytes. */
  files: ReadonlyMap<string, number>;
  /** The bytes of a file of `files`; undefined when it is too large to be handed over. */
  read(path: string): Uint8Array | undefined;
  /** The part of the push: a file that lies directly in the folder, such as `Dockerfile.gpu`. */
  dockerfile?: string;
  /** The versions that the client sent in its headers. */
  client: { jina?: string; python?: string; docarray?: string };
  /** FROM of a Dockerfile that is made here; `{jina}` and `{python}` (as `py311`) are replaced. */
  baseImage?: string;
}

/** A parameter as its source says it. */
export interface Argument {
  name: string;
  annotation: string | null;
  default: string | null;
  /** From the docstring, where it has a section of arguments. */
  doc: string | null;
}

export interface Endpoint {
  /** Of the method. */
  name: string;
  /** `ALL`, or the source text of `on=`; a single string stands in brackets. */
  requests: string;
  /** The routes that it answers; none for `ALL`, and none when `on=` is no literal. */
  routes: string[];
  /**
   * Without `self`, `*args` and `**kwargs`; `args` are those without a default that may be given by position.
   */
  args: Argument[];
  kwargs: Argument[];
  docstring: string | null;
  isAsync: boolean;
  /** The class of the package that has the method, when it is not the Executor itself. */
  inheritedFrom: string | null;
}

export interface Init {
  args: Argument[];
  kwargs: Argument[];
  docstring: string | null;
}

/** What there was when it was pushed; files that are made here do not count. */
export interface Score {
  dockerfileExists: boolean;
  manifestExists: boolean;
  configExists: boolean;
  readmeExists: boolean;
  requirementsExists: boolean;
  testsExists: boolean;
  gpuDockerfileExists: boolean;
}

export interface Meta {
  name: string | null;
  description: string | null;
  url: string | null;
  keywords: string[];
}

export interface Normalised {
  className: string;
  filePath: string;
  docstring: string | null;
  init: Init | null;
  endpoints: Endpoint[];
  score: Score;
  meta: Meta;
  /** The lines of requirements.txt after normalisation, without comments and blank ones. */
  dependencies: string[];
  /** The names that requirements.txt uses as `${NAME}`, sorted. */
  buildEnv: string[];
  readme: { path: string; text: string } | null;
  /** Files to write or to replace, path to text. The same package always gives the same ones. */
  changes: ReadonlyMap<string, string>;
  /** One sentence each. */
  warnings: string[];
}
