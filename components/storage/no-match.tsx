import Link from 'next/link';
import { paths } from '#components/paths.ts';

/** The list when nothing has what was searched for. */
export function NoMatch({ search }: { search: string }) {
  return (
    <div className="border-y py-12 text-center">
      <p className="wrap-anywhere">
        Nothing of yours has <b className="font-semibold">{search}</b> in its name.
      </p>
      <p className="mt-2">
        <Link href={paths.storage()} className="link">
          Clear the search
        </Link>
      </p>
    </div>
  );
}
