import type { ExecutorCommit } from '#lib/executors/executor-page.ts';
import type { Endpoint } from '#lib/executors/facts.ts';

function routesOf({ routes, requests }: Endpoint): string[] {
  if (routes.length > 0) return routes;
  return [requests === 'ALL' ? 'every other path' : requests];
}

function parameters({ args, kwargs }: Endpoint): string {
  const typed = [...args, ...kwargs].map(({ name, annotation, default: value }) => {
    const type = annotation === null ? '' : `: ${annotation}`;
    return `${name}${type}${value === null ? '' : ` = ${value}`}`;
  });
  return typed.join(', ');
}

/** What the Executor answers: read from its source. */
export function EndpointsTab({ commit }: { commit: ExecutorCommit }) {
  const { endpoints, filePath } = commit.facts;
  if (endpoints.length === 0)
    return (
      <p className="text-text-2">
        No method of <code className="font-mono text-13">{commit.className}</code> has the decorator{' '}
        <code className="font-mono text-13">@requests</code>.
      </p>
    );
  return (
    <section aria-labelledby="endpoints">
      <h2 id="endpoints" className="mb-2">
        Endpoints
      </h2>
      <dl className="rounded-lg border bg-raised px-4 py-1">
        {endpoints.map((endpoint, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the lines never move
            key={`${index} ${endpoint.name}`}
            className="grid gap-x-6 gap-y-1 border-b py-3 last:border-0 md:grid-cols-[224px_minmax(0,1fr)]"
          >
            <dt className="font-mono text-13 font-medium wrap-anywhere">{routesOf(endpoint).join(', ')}</dt>
            <dd className="min-w-0">
              {endpoint.docstring && (
                <p className="wrap-anywhere whitespace-pre-line">{endpoint.docstring}</p>
              )}
              <p className="font-mono text-xs/5 wrap-anywhere text-text-2">
                {endpoint.isAsync && 'async '}
                {endpoint.name}({parameters(endpoint)})
                {endpoint.inheritedFrom && `, from ${endpoint.inheritedFrom}`}
              </p>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-13 text-text-2">
        Read from <code className="font-mono text-xs">{filePath}</code>; nothing of it was run.
      </p>
    </section>
  );
}
