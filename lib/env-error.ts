/** A variable with a value that cannot be used; the message is the one line shown at start. */
export class EnvError extends Error {}
