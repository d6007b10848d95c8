import type { Act } from '#lib/audit/list.ts';

/** What was done, in words: before what it was done to, and after it. */
type Words = readonly [before: string, after?: string];

const WORDS: Record<string, Words> = {
  'session.create': ['Signed in'],
  'session.dismiss': ['Signed out'],
  'session.end': ['Signed out another session'],
  'session.endOthers': ['Signed out all other sessions'],
  'session.refuse': ['Refused: wrong password'],
  'session.refuseDisabled': ['Refused: the account is disabled'],
  'session.refuseSecondStep': ['Refused: needs a second step'],
  'login.approve': ['Let a program in'],
  'login.deny': ['Turned a program away'],
  'account.create': ['Account made'],
  'account.password': ['Changed the password'],
  'account.link': ['Linked a sign-in method'],
  'account.unlink': ['Unlinked a sign-in method'],
  'account.update': ['Changed the profile'],
  'account.quota': ['Space changed'],
  'account.admin': ['Administrator or not: changed'],
  'account.sendVerification': ['Asked for a link that confirms the e-mail address'],
  'account.verify': ['E-mail address confirmed'],
  'account.emailTaken': ['Lost the e-mail address, which another account confirmed'],
  'account.askReset': ['Asked for a link to a new password'],
  'account.resetLink': ['A link to a new password was made'],
  'account.reset': ['Set a new password by a link'],
  'account.avatar': ['Changed the picture'],
  'account.export': ['Exported everything'],
  'account.leave': ['Asked for the account to be deleted'],
  'account.keep': ['Kept the account after all'],
  'account.close': ['Account closed'],
  'account.delete': ['Account deleted'],
  'account.disable': ['Account disabled'],
  'account.enable': ['Account enabled again'],
  'invitation.create': ['Invited'],
  'invitation.revoke': ['Revoked the invitation for'],
  'admin.signUp': ['Sign-up set to'],
  'mail.retry': ['Tried to send again the mail to'],
  'token.create': ['Created the token'],
  'token.revoke': ['Revoked the token'],
  'token.rename': ['Renamed a token to'],
  'token.rotate': ['Replaced the text of the token'],
  'token.leak': ['Ended, because it was found elsewhere:'],
  'signingKey.add': ['Added the signing key'],
  'signingKey.remove': ['Removed the signing key'],
  'artifact.create': ['Pushed', 'for the first time'],
  'artifact.push': ['Pushed'],
  'artifact.update': ['Changed'],
  'artifact.delete': ['Deleted'],
  'artifact.expire': ['', 'went to the trash, its time ran out'],
  'artifact.restore': ['Restored'],
  'artifact.purge': ['Deleted for good:'],
  'executor.create': ['Pushed the Executor', 'for the first time'],
  'executor.push': ['Pushed the Executor'],
  'executor.cancel': ['Cancelled a push of the Executor'],
  'executor.rebuild': ['Built an image of the Executor'],
  'executor.sign': ['Attached a signature to an image of the Executor'],
  'executor.update': ['Changed the Executor'],
  'executor.tag': ['Set the tag'],
  'executor.untag': ['Deleted the tag'],
  'executor.delete': ['Deleted the Executor'],
  'executor.restore': ['Restored the Executor'],
  'executor.purge': ['Deleted for good the Executor'],
};
/** Acts of which the target is the person. */
const OF_PERSON = /^(session|login|account)\./;

/** A sentence in parts, of which `target` is somebody's text. */
export interface ActWords {
  before: string;
  target: string | null;
  after: string;
}

/** Says what was done; an act without words here is called by its name. */
export function describeAct({ action, target }: Pick<Act, 'action' | 'target'>): ActWords {
  const [before, after = ''] = WORDS[action] ?? [action];
  return { before, target: OF_PERSON.test(action) ? null : target, after };
}

/** Who did it, in a word or two. */
export function describeActor({ by, client }: Pick<Act, 'by' | 'client'>): string {
  if (by.tokenName !== null) return `token ${by.tokenName}`;
  if (by.kind === 'server') return 'the server';
  if (by.kind === 'other') return 'an administrator';
  return client ?? 'unknown';
}
