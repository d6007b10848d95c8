import { describeMethod } from '#lib/normaliser/describe-method.ts';
import type { ClassWithBases } from '#lib/normaliser/find-bases.ts';
import type { PythonDecorator, PythonMethod, PythonModule } from '#lib/normaliser/python/module.ts';
import type { Endpoint } from '#lib/normaliser/types.ts';

/** A method behind a route, as the decorator keeps it: the function of the class that decorated it. */
interface Bound {
  owner: ClassWithBases;
  method: PythonMethod;
  decorator: PythonDecorator;
}

/** What jina calls the route of a method that answers all others. */
const DEFAULT_ROUTE = '/default';

/**
 * `@requests`, `@jina.requests`, or what they were imported as. Of several the outermost counts, as in jina.
 */
function requestsOf(module: PythonModule, method: PythonMethod): PythonDecorator | undefined {
  return method.decorators.find(({ name }) => {
    const [first = '', attribute] = name.split('.', 3);
    const meant = module.fromJina.get(first);
    if (attribute === undefined) return (meant ?? first) === 'requests';
    return meant === '' && name === `${first}.requests`;
  });
}

function routesOf({ on }: PythonDecorator): string[] {
  if (!on) return [DEFAULT_ROUTE];
  // What is no literal has no route to be known by, and so none that another method could take from it.
  return on.routes?.map((route) => route || DEFAULT_ROUTE) ?? [`on=${on.source}`];
}

/** The methods of a class as Python leaves them: of several with one name, the last. */
function ownBound(owner: ClassWithBases): Bound[] {
  const byName = new Map(owner.definition.methods.map((method) => [method.name, method]));
  return [...byName.values()].flatMap((method) => {
    const decorator = requestsOf(owner.module, method);
    return decorator ? [{ owner, method, decorator }] : [];
  });
}

/**
 * Which table of routes a class writes into. Jina keeps one for all Executors, and finds it by attribute: a
 * mixin that stands before `Executor` brings its own table along, one that stands behind is never looked at.
 */
function tableOf(one: ClassWithBases, seen = new Set<ClassWithBases>()): ClassWithBases | 'executor' | null {
  if (seen.has(one)) return null;
  seen.add(one);
  for (const base of one.bases) {
    const table = base === 'executor' ? base : base === 'plain' ? null : tableOf(base, seen);
    if (table) return table;
  }
  return ownBound(one).length > 0 ? one : null;
}

/**
 * All classes above `one`, in the order in which jina takes their routes: the first that has a route keeps
 * it.
 */
function above(one: ClassWithBases): ClassWithBases[] {
  const order = new Set<ClassWithBases>();
  const waiting = [...one.bases].reverse();
  while (waiting.length > 0) {
    const base = waiting.pop();
    if (!base || base === 'executor' || base === 'plain' || order.has(base)) continue;
    order.add(base);
    waiting.push(...[...base.bases].reverse());
  }
  order.delete(one);
  return [...order];
}

function toEndpoint(
  { owner, method, decorator }: Bound,
  routes: string[],
  executor: ClassWithBases,
): Endpoint {
  const { on } = decorator;
  const source = on?.isString ? `[${on.source}]` : on?.source;
  const { args, kwargs, docstring } = describeMethod(method);
  return {
    name: method.name,
    requests: source ?? 'ALL',
    routes: on?.routes ? routes : [],
    args,
    kwargs,
    docstring,
    isAsync: method.isAsync,
    inheritedFrom: owner === executor ? null : owner.definition.name,
  };
}

function ownEndpoint(bound: Bound, taken: Map<string, Bound>, warnings: Set<string>): Endpoint[] {
  const { method, owner, decorator } = bound;
  const place = `${owner.path}, line ${method.line}:`;
  if (decorator.isCalled && !decorator.on) {
    warnings.add(
      `${place} ${method.name} has @requests() without on=, which is listed as no endpoint; write @requests.`,
    );
    return [];
  }
  for (const route of routesOf(decorator)) {
    const other = taken.get(route)?.method.name ?? method.name;
    if (other !== method.name)
      warnings.add(`${place} ${other} takes the route ${route} from ${method.name}.`);
  }
  return [toEndpoint(bound, decorator.on?.routes ?? [], owner)];
}

/**
 * The endpoints of an Executor (section 12.3): its own, then those of its bases that jina 3 would give it.
 * Jina binds a route to the function that was decorated: a method of the same name without a decorator does
 * not replace it, a decorated one for the same route does.
 */
export function listEndpoints(executor: ClassWithBases, warnings: Set<string>): Endpoint[] {
  const own = ownBound(executor);
  const taken = new Map(own.flatMap((bound) => routesOf(bound.decorator).map((route) => [route, bound])));
  const table = tableOf(executor);
  const inherited = above(executor)
    .filter((base) => tableOf(base) === table)
    .flatMap(ownBound)
    .flatMap((bound) => {
      const free = routesOf(bound.decorator).filter((route) => !taken.has(route));
      for (const route of free) taken.set(route, bound);
      const isListed = free.length > 0 && !(bound.decorator.isCalled && !bound.decorator.on);
      return isListed ? [toEndpoint(bound, free, executor)] : [];
    });
  const endpoints = own.flatMap((bound) => ownEndpoint(bound, taken, warnings));
  return [...endpoints, ...inherited];
}
