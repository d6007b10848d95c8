import { firstParam, type SearchParams } from '#components/list-query.ts';
import { Note } from '#components/ui/note.tsx';
import { PROVIDER_PROBLEMS, problemSentence } from '#lib/auth/provider-problem.ts';
import { providerTitle } from '#lib/identities/list.ts';
import { providerSignUpRefusal } from '#lib/identities/sign-up.ts';

/** Why a provider signed nobody in, when the page's address says so: in our words, whatever stands there. */
export async function ProviderTrouble({ params }: { params: SearchParams }) {
  const problem = PROVIDER_PROBLEMS.find((one) => one === firstParam(params.problem));
  if (!problem) return null;
  const provider = firstParam(params.provider);
  const title = providerTitle(provider) ?? 'The provider';
  const policy = problem === 'sign-up' ? await providerSignUpRefusal(provider) : null;
  return (
    <Note kind="danger" isAlert>
      {problemSentence(problem, title)} {policy}
    </Note>
  );
}
