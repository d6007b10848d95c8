/** Somebody who proved who they are, and with which credential. */
export interface Caller {
  userId: string;
  /** The user name, which is also the slug of the user's namespace. */
  name: string;
  displayName: string | null;
  email: string | null;
  /** Whether they showed that they read mail there. */
  isEmailVerified: boolean;
  isAdmin: boolean;
  namespaceId: string;
  /** `token`: a personal access token. `session`: a sign-in in a browser or by password. */
  via: 'token' | 'session';
  /** A session's that a person gave to a program: it may not change the account. */
  isProgram: boolean;
  /** The id of the AccessToken or Session row. */
  credentialId: string;
  /** Empty means all. */
  scopes: string[];
  /** A name, or a prefix that ends in `*`; null means every name. */
  namePattern: string | null;
  /** Of the credential. */
  createdAt: Date;
  expiresAt: Date | null;
}
