/** What the servers of the contract tests are started with: small, so that passing a limit is quick. */
export const MAX_UPLOAD_BYTES = 4_000_000;
/** Of every account that the tests make: two uploads of the largest size fit, a third does not. */
export const QUOTA_BYTES = 10_000_000;
/** Of all pushes without a token: one of the largest size fits, a second does not. */
export const ANONYMOUS_QUOTA_BYTES = 6_000_000;
