/** What a finished push tells clients (contract 7.2), and what its task says ever after. */
export interface PushResult {
  /** Of the Executor. */
  id: string;
  name: string;
  visibility: 'public' | 'private';
  /** The slug of the namespace; null for nobody's. */
  owner: string | null;
  /** The commit's id. */
  commit: string;
  /** Never empty. */
  tags: string[];
  /** False when this content was there already. */
  isNew: boolean;
}
