export {};

declare global {
  /** In Node since 22 (ECMAScript proposal "JSON.parse source text access"), not yet in TypeScript's own library. */
  interface JSON {
    rawJSON(text: string): unknown;
  }
}
