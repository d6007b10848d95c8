/** The form of a namespace, which is also a user name: it stands in URLs, image names and snippets. */
const FORM = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Words that are, or may become, a path of the pages or of the API, or that would pass for the server itself. */
const RESERVED = new Set(
  `about account admin administrator anonymous api artifact artifacts assets auth billing blog dashboard dev
  docs download downloads error executor executors explore favicon forgot groundstation health help hub icons internal invite
  jina jinaai jinahub legacy library login logout me metrics new null oidc org organisation organisations
  organization organizations orgs ping public ready registry reset root rpc search server settings setup signin
  signout signup static status storage support system team teams test-connection tokens trash undefined
  user users v1 v2 v3 verify www`.split(/\s+/),
);

/** The sentence that says why `slug` cannot be a namespace, or null when it can. */
export function namespaceProblem(slug: string): string | null {
  if (!FORM.test(slug)) {
    return 'A user name has 1 to 40 small letters, digits and dashes, and no dash at its ends. Choose another one.';
  }
  if (RESERVED.has(slug)) return `The user name ${slug} is reserved. Choose another one.`;
  return null;
}
