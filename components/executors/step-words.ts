const STEPS: Record<string, string> = {
  extractZip: 'Unpack the package',
  normalize: 'Read the Executor',
  buildWorkspace: 'Build the workspace',
  pushImage: 'Publish it',
};

/** The steps of a push, in their order. */
export const STEP_SUBJECTS = Object.keys(STEPS);

/** A step of a push as people call it; one that is not known is called as the server does. */
export function stepWords(subject: string): string {
  return STEPS[subject] ?? subject;
}
