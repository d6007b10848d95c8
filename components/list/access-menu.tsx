'use client';

import { ChevronDown, Globe, Lock } from 'lucide-react';
import { classes } from '#components/ui/classes.ts';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

export type Visibility = 'public' | 'private';

/** Who may pull something, for a menu. */
export const ACCESS_CHOICES = [
  { value: 'private', label: 'Private', help: 'Only you can pull it', icon: Lock },
  { value: 'public', label: 'Public', help: 'Anyone who reaches this server can pull it', icon: Globe },
] as const;

/** The same for a filter. */
export const ACCESS_FILTERS = [
  { value: 'private', label: 'Private', icon: Lock },
  { value: 'public', label: 'Public', icon: Globe },
] as const;

/** The same for a page of settings. */
export const ACCESS_OPTIONS = [
  { value: 'private', label: 'Private', help: 'Only you can pull it.' },
  { value: 'public', label: 'Public', help: 'Anyone who reaches this server can pull it.' },
] as const;

interface AccessMenuProps {
  /** What the thing is called. */
  title: string;
  value: Visibility;
  onChange: (value: Visibility) => void;
  /** The word stays where the screen is small. */
  isWide?: boolean;
}

/** Who may pull something, and a menu to change that. */
export function AccessMenu({ title, value, onChange, isWide }: AccessMenuProps) {
  const isPublic = value === 'public';
  const Icon = isPublic ? Globe : Lock;
  const word = isPublic ? 'Public' : 'Private';
  return (
    <Menu
      label={`Access to ${title}`}
      trigger={
        <button
          type="button"
          aria-label={`Access to ${title}: ${word}`}
          className={classes(
            'inline-flex h-8 items-center gap-1.5 rounded-md px-2 hover:bg-pressed data-[state=open]:bg-pressed',
            isWide ? '-ml-2' : 'max-wide:size-8 max-wide:justify-center max-wide:px-0 wide:-ml-2',
            isPublic ? 'text-accent' : 'text-text-2',
          )}
        >
          <Icon aria-hidden size={16} />
          <span className={isWide ? undefined : 'max-wide:hidden'}>{word}</span>
          <ChevronDown
            aria-hidden
            size={14}
            className={classes('text-text-3', !isWide && 'max-wide:hidden')}
          />
        </button>
      }
    >
      <MenuChoices value={value} choices={ACCESS_CHOICES} onChange={onChange} />
    </Menu>
  );
}
