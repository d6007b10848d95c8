import { Fault } from '#lib/errors.ts';
import type { BuildLimits } from '#lib/images/builder.ts';
import { type ControlGroup, isHeldFromOutside, makeControlGroup } from './control-group.ts';
import { type BuilderFolders, firstId, groupName } from './folders.ts';

interface HeldWork {
  folders: BuilderFolders;
  limits: BuildLimits;
  isTrusted: boolean;
}

/**
 * The control group of the job `id`; null where another one around this process holds it.
 * @throws Fault `unavailable` where nothing does, unless all who push are trusted.
 */
export async function holdGroup(
  { folders, limits, isTrusted }: HeldWork,
  id: string,
): Promise<ControlGroup | null> {
  if (firstId() !== null) {
    const made = await makeControlGroup(groupName(folders, id), limits).catch(() => null);
    if (made) return made;
  }
  if (isTrusted || (await isHeldFromOutside())) return null;
  throw new Fault(
    'unavailable',
    'Builds are off: nothing here holds their memory and their processes. Run the builder as root or in a container with limits, or set BUILD_TRUST=1.',
  );
}
