/** How long a code counts. */
export const CODE_SECONDS = 60;
