import {
  Gauge,
  History,
  KeyRound,
  LogIn,
  type LucideIcon,
  MailPlus,
  Mails,
  MonitorSmartphone,
  PackageOpen,
  ShieldCheck,
  SunMoon,
  Trash2,
  UserRound,
  Users,
} from 'lucide-react';
import { adminPaths } from '#components/admin-paths.ts';
import { executorPaths } from '#components/executor-paths.ts';
import { paths } from '#components/paths.ts';

interface PageLook {
  icon: LucideIcon;
  /** Other words that people look for it by, in small letters. */
  keywords: string;
}

/** What the palette knows of a page below a section, by its address; the rail needs none of it. */
export const PAGE_LOOKS: Record<string, PageLook> = {
  [paths.trash()]: { icon: Trash2, keywords: 'storage deleted restore' },
  [executorPaths.trash()]: { icon: Trash2, keywords: 'deleted restore' },
  [paths.profile()]: { icon: UserRound, keywords: 'settings account name e-mail email password' },
  [paths.tokens()]: { icon: KeyRound, keywords: 'settings access pat api' },
  [paths.signingKeys()]: { icon: ShieldCheck, keywords: 'settings cosign public key images verify trust' },
  [paths.sessions()]: {
    icon: MonitorSmartphone,
    keywords: 'settings sign out devices browsers programs logged in',
  },
  [paths.signInMethods()]: {
    icon: LogIn,
    keywords: 'settings password link unlink github google oidc single sign-on sso',
  },
  [paths.activity()]: { icon: History, keywords: 'settings audit log history who did what csv' },
  [paths.account()]: { icon: PackageOpen, keywords: 'settings export download zip delete leave' },
  [paths.appearance()]: { icon: SunMoon, keywords: 'settings theme look' },
  [adminPaths.overview()]: { icon: Gauge, keywords: 'admin health sign-up policy version' },
  [adminPaths.users()]: {
    icon: Users,
    keywords: 'admin accounts people quota space storage by owner disable password',
  },
  [adminPaths.invitations()]: { icon: MailPlus, keywords: 'admin invite people accounts' },
  [adminPaths.mail()]: { icon: Mails, keywords: 'admin smtp failed send outbox' },
  [adminPaths.activity()]: { icon: History, keywords: 'admin audit log history who did what everybody' },
};

/** Other words for the sections themselves. */
export const SECTION_KEYWORDS: Record<string, string> = {
  [paths.storage()]: 'artifacts documentarrays list',
  [executorPaths.list()]: 'programs flows push list',
  [executorPaths.hub()]: 'catalogue public executors search',
};
