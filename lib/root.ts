import path from 'node:path';

/** The folder of the project. Not for code that Next bundles: there `import.meta` is the bundle's. */
export const ROOT = path.dirname(import.meta.dirname);
