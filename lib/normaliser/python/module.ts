/** What is known of a Python file after reading it: plain data, without a tree behind it. */
export interface PythonModule {
  imports: PythonImport[];
  /**
   * The names that were imported from jina, and what they are called there; `jina` itself as an empty name.
   */
  fromJina: ReadonlyMap<string, string>;
  /** Wherever they stand, in the order of the source. */
  classes: PythonClass[];
  /** Lines with what only Python 2 knows. */
  python2: number[];
}

/** `import a.b as c` has no names; `from ..a import b as c` has level 2. */
export interface PythonImport {
  module: string;
  level: number;
  names: ImportedName[];
  /** Of `import a.b as c`. */
  as: string | null;
  line: number;
  /** `needed` runs when the file is loaded, `tried` may or may not, `later` runs with a function or never. */
  when: 'needed' | 'tried' | 'later';
}

interface ImportedName {
  name: string;
  as: string;
}

export interface PythonClass {
  name: string;
  line: number;
  /** Dotted names; what is no name, such as a call, is left out. */
  bases: string[];
  docstring: string | null;
  /** As the source has them: a name may come twice. */
  methods: PythonMethod[];
}

export interface PythonMethod {
  name: string;
  line: number;
  isAsync: boolean;
  parameters: PythonParameter[];
  docstring: string | null;
  decorators: PythonDecorator[];
}

export interface PythonParameter {
  name: string;
  kind: 'positional' | 'keyword' | 'args' | 'kwargs';
  annotation: string | null;
  default: string | null;
}

export interface PythonDecorator {
  /** Dotted name. */
  name: string;
  isCalled: boolean;
  /** The keyword `on` of the call: its source, and the strings when it is one or a list of them. */
  on: { source: string; routes: string[] | null; isString: boolean } | null;
}
