/**
 * Why the program will not start or go on, in one sentence for the person at the terminal: what is wrong and
 * what to do. `server.ts` and the commands print it and exit with 1, without a stack.
 */
export class Refusal extends Error {}
