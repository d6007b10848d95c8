import { lstatSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const FOLDERS = ['usr', 'etc/containers', 'dev', 'proc', 'sys', 'tmp', 'run', 'var', 'job', 'disk', 'base'];
/** Of /, beside /usr: links into it on most systems. */
const PROGRAMS = ['bin', 'sbin', 'lib', 'lib32', 'lib64'];
/** What programs read of /etc, where it is there. */
const SETTINGS = [
  ...['alternatives', 'ca-certificates', 'ld.so.cache', 'passwd', 'group', 'hosts', 'nsswitch.conf'],
  ...['resolv.conf', 'services', 'ssl', 'pki', 'containers/certs.d', 'docker/certs.d'],
];

/** What of this machine is in a sandbox. */
export interface SandboxPlace {
  /** Of the job. Nothing in it but its settings is in the sandbox: `/job`, which cannot be changed there. */
  jobFolder: string;
  /** A file system in a file, or a folder: `/disk` inside. */
  disk: string;
  /** With the base images: `/base` inside. */
  baseFolder: string;
  canWriteBase: boolean;
}

function kindOf(place: string, isFollowed: boolean): 'link' | 'folder' | 'file' | null {
  const found = (isFollowed ? statSync : lstatSync)(place, { throwIfNoEntry: false });
  if (!found) return null;
  if (found.isSymbolicLink()) return 'link';
  return found.isDirectory() ? 'folder' : 'file';
}

/** A word of a table of mounts, in which a space ends it. */
function word(text: string): string {
  return text.replaceAll(/[\s\\#]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

function mountLine(source: string, target: string, kind: string, options: string): string {
  return `${word(source)} ${word(target)} ${kind} ${options} 0 0\n`;
}

/**
 * Writes the table of what is mounted in the sandbox of a job, in its folder.
 * @returns what else its script has to know, as variables.
 */
export async function writeMounts(place: SandboxPlace): Promise<Record<string, string>> {
  const { jobFolder, disk, baseFolder, canWriteBase } = place;
  const root = path.join(jobFolder, 'root');
  const bind = (source: string, inner: string, options = 'bind') =>
    mountLine(source, path.join(root, inner), 'none', options);
  const programs = PROGRAMS.map((name) => ({ name, kind: kindOf(`/${name}`, false) }));
  const settings = SETTINGS.map((name) => ({ name, kind: kindOf(`/etc/${name}`, true) }));
  const programFolders = programs.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  const settingFolders = settings.filter(({ kind }) => kind === 'folder').map(({ name }) => `etc/${name}`);
  const diskLine =
    kindOf(disk, true) === 'folder'
      ? bind(disk, 'disk')
      : mountLine(disk, path.join(root, 'disk'), 'ext4', 'loop,discard,nosuid,nodev');
  const lines = [
    ...['usr', 'dev', 'proc', 'sys'].map((name) => bind(`/${name}`, name, 'rbind')),
    ...[...programFolders, ...settingFolders].map((name) => bind(`/${name}`, name)),
    bind(path.join(jobFolder, 'settings'), 'job', 'bind,ro'),
    bind(baseFolder, 'base', canWriteBase ? 'bind' : 'bind,ro'),
    diskLine,
  ];
  await writeFile(path.join(jobFolder, 'mounts'), lines.join(''));
  return {
    FOLDERS: [...FOLDERS, ...programFolders, ...settingFolders].join(' '),
    LINKS: programs
      .filter(({ kind }) => kind === 'link')
      .map(({ name }) => `/${name}`)
      .join(' '),
    COPIES: settings
      .filter(({ kind }) => kind === 'file')
      .map(({ name }) => `/etc/${name}`)
      .join(' '),
  };
}
