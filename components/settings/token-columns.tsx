import { Ellipsis, Pencil, RefreshCw } from 'lucide-react';
import { TokenExpiry } from '#components/settings/token-expiry.tsx';
import { describeScopes } from '#components/settings/token-rights.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import type { Column } from '#components/ui/table.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import type { TokenSummary } from '#lib/tokens/list.ts';

/** When a token was last used, from where and by what. */
function LastUse({ lastUsedAt, lastUsedAddress, lastUsedDevice }: TokenSummary) {
  if (!lastUsedAt) return 'never used';
  const place = [lastUsedAddress, lastUsedDevice].filter(Boolean).join(', ');
  return (
    <>
      <span className="md:hidden">used </span>
      <RelativeTime at={lastUsedAt} />
      {place && (
        <span title={place} className="text-xs max-md:wrap-anywhere md:block md:truncate">
          <span className="md:hidden">, </span>
          <Bdi>{place}</Bdi>
        </span>
      )}
    </>
  );
}

/** In a card: somebody else's text is as wide as the card at most. */
const NARROW = 'max-md:max-w-full';

const factColumns: Column<TokenSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    className: 'md:py-1.5',
    cell: ({ name, prefix }) => (
      <>
        <span title={name} className="block font-medium max-md:wrap-anywhere md:truncate">
          {name}
        </span>
        <code title="What its text begins with" className="font-mono text-xs text-text-2">
          {prefix}…
        </code>
      </>
    ),
  },
  {
    id: 'may',
    header: 'May',
    cardPlace: 'fact',
    className: `text-text-2 md:w-36 xl:w-48 ${NARROW}`,
    cell: ({ scopes, namePattern }) => (
      <span className="wrap-anywhere">
        <span className="md:hidden">may </span>
        {describeScopes(scopes)}
        {namePattern !== null && (
          <>
            {' of '}
            <code className="inline-block max-w-full font-mono text-13">{namePattern}</code>
          </>
        )}
      </span>
    ),
  },
  {
    id: 'lastUsed',
    header: 'Last used',
    cardPlace: 'fact',
    className: `text-text-2 md:w-36 xl:w-56 ${NARROW}`,
    cell: (token) => <LastUse {...token} />,
  },
  {
    id: 'expires',
    header: 'Expires',
    cardPlace: 'fact',
    className: 'md:w-34 xl:w-40',
    cell: (token) => <TokenExpiry {...token} />,
  },
];

interface Actions {
  rename: (token: TokenSummary) => void;
  replace: (token: TokenSummary) => void;
  revoke: (token: TokenSummary) => void;
}

function actionsColumn({ rename, replace, revoke }: Actions): Column<TokenSummary> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'md:w-28',
    cell: (token) => (
      <div className="flex justify-end">
        <Button variant="quiet" aria-label={`Revoke ${token.name}`} onClick={() => revoke(token)}>
          Revoke
        </Button>
        {token.replacedAt === null && (
          <Menu
            label={`Actions for ${token.name}`}
            align="end"
            trigger={<IconButton icon={Ellipsis} label={`More for ${token.name}`} />}
          >
            <MenuItem icon={RefreshCw} onSelect={() => replace(token)}>
              Replace
            </MenuItem>
            <MenuItem icon={Pencil} onSelect={() => rename(token)}>
              Rename
            </MenuItem>
          </Menu>
        )}
      </div>
    ),
  };
}

/** What the list of tokens says of each, and what can be done to it. */
export function tokenColumns(actions: Actions): Column<TokenSummary>[] {
  return [...factColumns, actionsColumn(actions)];
}
