import { Fault } from '#lib/errors.ts';
import { readDockerfile } from '#lib/normaliser/read-dockerfile.ts';

/** Of a value of an ARG before the first FROM, and of a name with such values in it. No name of an image is as long. */
const MAX_LENGTH = 1024;

/** @throws Fault `build-failed` for a text that is too long: values of values double with each line. */
function requireShort(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const sentence = `An ARG before the first FROM, or the image of a FROM, has more than ${MAX_LENGTH} characters.`;
  throw new Fault('build-failed', `Process(docker) exited on non-zero code: 125. ${sentence}`);
}

/** Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` as FROM does. */
function substitute(text: string, values: Map<string, string>): string {
  const replaced = requireShort(text).replace(
    /\$(?:(\w+)|\{(\w+)(?:(:[-+])([^}]*))?\})/g,
    (_whole, plain?: string, braced?: string, operator?: string, word = '') => {
      const value = values.get(plain ?? braced ?? '') ?? '';
      if (operator === ':-') return value || word;
      if (operator === ':+') return value ? word : '';
      return value;
    },
  );
  return requireShort(replaced);
}

/**
 * The images that a Dockerfile names: in FROM, COPY --from and RUN --mount=from. What is missed here is not pulled, and then the
 * build says that it is not there: nothing is reached that was not looked at.
 * @throws Fault `build-failed` when a value or a name in it has more than 1,024 characters.
 */
export function imagesOf(text: string, buildArgs: Record<string, string>): string[] {
  const values = new Map<string, string>();
  const stages = new Set<string>(['scratch']);
  const images = new Set<string>();
  const add = (name: string) => {
    if (name && !/^\d+$/.test(name) && !stages.has(name.toLowerCase())) images.add(name);
  };
  let isBeforeFrom = true;
  for (const { name, rest } of readDockerfile(text.split(/\r?\n/))) {
    if (name === 'ARG' && isBeforeFrom) {
      const [, key = '', value = ''] = /^(\w+)(?:=["']?(.*?)["']?)?$/.exec(rest.trim()) ?? [];
      values.set(key, requireShort(buildArgs[key] ?? substitute(value, values)));
    }
    if (name === 'FROM') {
      isBeforeFrom = false;
      const [image = '', as, stage] = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
      add(substitute(image, values));
      if (as?.toUpperCase() === 'AS' && stage) stages.add(stage.toLowerCase());
    }
    if (name === 'COPY' || name === 'RUN') {
      for (const [, image = ''] of rest.matchAll(/(?:--from=|[,=]from=)["']?([^\s,"']+)/g)) add(image);
    }
  }
  return [...images];
}
