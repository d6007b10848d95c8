import { Box, CircleAlert, Layers, List, RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { executorPaths } from '#components/executor-paths.ts';
import { matchingCommands } from '#components/palette/commands.ts';
import { type FoundArtifact, useArtifactSearch } from '#components/palette/use-artifact-search.ts';
import { paths } from '#components/paths.ts';
import { applyTheme, type Theme } from '#components/shell/theme.ts';
import { useTheme } from '#components/shell/use-theme.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import {
  CommandField,
  CommandGroup,
  CommandItem,
  CommandList,
  CommandPanel,
} from '#components/ui/command-panel.tsx';
import { formatCount } from '#components/ui/format.ts';

interface PalettePanelProps {
  isOpen: boolean;
  onClose: () => void;
  /** @param hasLeft whether another page was chosen, so that the focus does not belong where it was. */
  onClosed: (hasLeft: boolean) => void;
  /** The person's own. */
  namespace: string;
  /** Whether the pages for administrators are theirs. */
  isAdmin: boolean;
}

interface ChoicesProps {
  namespace: string;
  isAdmin: boolean;
  onGo: (href: string) => void;
  onTheme: (theme: Theme) => void;
}

type Search = ReturnType<typeof useArtifactSearch>;

interface ArtifactChoicesProps {
  search: Search;
  text: string;
  namespace: string;
  onGo: (href: string) => void;
}

/** What was found of the person's artifacts, and the way to all of them. */
function ArtifactChoices({ search, text, namespace, onGo }: ArtifactChoicesProps) {
  const { items, total } = search;
  const hrefOf = ({ _id: id, name }: FoundArtifact) => paths.artifact({ namespace, name, id });
  return (
    <CommandGroup heading="Artifacts">
      {items.map((artifact) => (
        <CommandItem
          key={artifact._id}
          id={`artifact ${artifact._id}`}
          icon={Layers}
          note={artifact.visibility}
          onSelect={() => onGo(hrefOf(artifact))}
        >
          <Bdi>{artifact.name}</Bdi>
        </CommandItem>
      ))}
      {total > items.length && (
        <CommandItem id="all artifacts" icon={List} onSelect={() => onGo(paths.storage({ search: text }))}>
          Show all {formatCount(total)} in Storage
        </CommandItem>
      )}
    </CommandGroup>
  );
}

/** What was found of the person's Executors. */
function ExecutorChoices({ search, namespace, onGo }: Omit<ArtifactChoicesProps, 'text'>) {
  return (
    <CommandGroup heading="Executors">
      {search.executors.map(({ id, name, visibility }) => (
        <CommandItem
          key={id}
          id={`executor ${id}`}
          icon={Box}
          note={visibility}
          onSelect={() => onGo(executorPaths.executor({ namespace, name, id }))}
        >
          <Bdi>{name}</Bdi>
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

/** What there is to say about the search, for the eye where nothing was found, and always for assistive technology. */
function SearchState({ search, text, isEmpty }: { search: Search; text: string; isEmpty: boolean }) {
  const { state, items, executors, total, failure } = search;
  const counts = [
    items.length > 0 && (total === 1 ? 'One artifact' : `${formatCount(total)} artifacts`),
    executors.length > 0 && (executors.length === 1 ? 'One Executor' : `${executors.length} Executors`),
  ].filter(Boolean);
  return (
    <div role="status">
      {state === 'searching' && isEmpty && (
        <p className="px-4 py-6 text-center text-text-2 transition-opacity delay-300 starting:opacity-0">
          Searching your artifacts…
        </p>
      )}
      {state === 'failed' && (
        <p className="flex gap-2 border-t px-4 py-3 text-13 text-danger">
          <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {failure}
        </p>
      )}
      {state === 'done' && isEmpty && (
        <p className="px-4 py-8 text-center wrap-anywhere">
          No page is called so, and nothing of yours has <b className="font-semibold">{text}</b> in its name.
        </p>
      )}
      {state === 'done' && counts.length > 0 && <span className="sr-only">{counts.join(', ')}</span>}
    </div>
  );
}

/** The field, and what it finds. It is there while the panel is open, so each opening begins anew. */
function Choices({ namespace, isAdmin, onGo, onTheme }: ChoicesProps) {
  const [text, setText] = useState('');
  const theme = useTheme();
  const search = useArtifactSearch(text, namespace);
  const groups = matchingCommands(text, isAdmin);
  const isEmpty = groups.length === 0 && search.items.length === 0 && search.executors.length === 0;

  return (
    <>
      <CommandField placeholder="Search your artifacts, or go to a page" text={text} onType={setText} />
      <CommandList label="Pages, actions and artifacts">
        {groups.map(({ heading, commands }) => (
          <CommandGroup key={heading} heading={heading}>
            {commands.map((command) => (
              <CommandItem
                key={command.id}
                id={command.id}
                icon={command.icon}
                note={'theme' in command && command.theme === theme ? 'in use' : undefined}
                onSelect={() => ('theme' in command ? onTheme(command.theme) : onGo(command.href))}
              >
                {command.title}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
        {search.items.length > 0 && (
          <ArtifactChoices search={search} text={text.trim()} namespace={namespace} onGo={onGo} />
        )}
        {search.executors.length > 0 && <ExecutorChoices search={search} namespace={namespace} onGo={onGo} />}
        {search.state === 'failed' && (
          <CommandItem id="retry" icon={RotateCw} onSelect={search.retry}>
            Search again
          </CommandItem>
        )}
      </CommandList>
      <SearchState search={search} text={text.trim()} isEmpty={isEmpty} />
    </>
  );
}

/** Finds a page, an artifact of one's own, or something to do. */
export function PalettePanel({ isOpen, onClose, onClosed, namespace, isAdmin }: PalettePanelProps) {
  const router = useRouter();
  const hasLeft = useRef(false);

  function go(href: string): void {
    hasLeft.current = true;
    onClose();
    router.push(href);
  }

  function giveFocus(): void {
    onClosed(hasLeft.current);
    hasLeft.current = false;
  }

  return (
    <CommandPanel isOpen={isOpen} onClose={onClose} onClosed={giveFocus} label="Search or go to">
      <Choices
        namespace={namespace}
        isAdmin={isAdmin}
        onGo={go}
        onTheme={(theme) => {
          applyTheme(theme);
          onClose();
        }}
      />
    </CommandPanel>
  );
}
