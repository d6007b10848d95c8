import { newSigner } from '#lib/testing/signatures.ts';
import { freshName } from '../artifacts.ts';
import { newAccount } from '../people.ts';
import { EXECUTOR_TABLE } from './executor-table.ts';
import {
  ABSENT,
  INVALID,
  LOG_IN,
  NO_MATCH,
  NO_METHOD,
  nothing,
  OK,
  open,
  own,
  owned,
  REFUSED,
  type Row,
} from './row.ts';
import {
  arriving,
  identity,
  leaving,
  otherSession,
  otherToken,
  privateArtifact,
  publicArtifact,
  signingKey,
  trashed,
  waitingLogin,
} from './things.ts';

/** For the person in a browser alone, and only about themselves. */
const person = { ...own, program: REFUSED, token: REFUSED };
/** For an administrator in a browser: to everybody else there is no such method. */
const administration = {
  ...{ scope: null, nobody: NO_METHOD, owner: NO_METHOD, other: NO_METHOD, dead: NO_METHOD },
  ...{ administrator: OK, administratorPrograms: REFUSED },
};
/** A link that does not work, whoever opens it. */
const overLink = { scope: null, nobody: ABSENT, owner: ABSENT, other: ABSENT };
const absent = { input: nothing, scope: null, nobody: LOG_IN, owner: NO_METHOD, other: NO_METHOD };

/**
 * Who gets what from each method of the API; written by hand, as the statement that the code is held against. Behind the
 * method's name may stand what the call is about.
 */
export const TABLE: Record<string, Row> = {
  'user.identity.whoami': { ...own, input: nothing },
  'user.identity.passwordLogin': {
    ...{ input: () => ({ name: freshName('nobody'), password: 'wrong' }), scope: null },
    ...{ nobody: NO_MATCH, owner: NO_MATCH, other: NO_MATCH },
  },
  'user.identity.signUp': { ...open, input: () => newAccount('new') },
  'user.identity.updateProfile': { ...person, input: () => ({ displayName: 'Renamed' }) },
  'user.identity.changePassword': {
    ...{ input: () => ({ password: 'wrong', newPassword: 'a sentence that is new' }), scope: null },
    ...{ nobody: LOG_IN, owner: NO_MATCH, other: NO_MATCH, program: REFUSED, token: REFUSED },
  },
  'user.identity.proxiedAuthorize': { ...open, input: nothing },
  'user.identity.authorize': { ...open, input: () => ({ redirectUri: 'http://localhost:8085' }) },
  'user.identity.grant.auto': {
    ...{ input: () => ({ code: 'wrong', state: 'wrong' }), scope: null },
    ...{ nobody: NO_MATCH, owner: NO_MATCH, other: NO_MATCH },
  },
  'user.identity.grant.auth0Unified': {
    ...{ input: () => ({ code: 'wrong', state: 'wrong' }), scope: null },
    ...{ nobody: NO_MATCH, owner: NO_MATCH, other: NO_MATCH },
  },
  'user.login.decide': {
    ...person,
    input: async () => ({ request: await waitingLogin(), isApproved: true }),
  },
  'user.identity.setAvatar': {
    ...{ ...person, owner: INVALID, other: INVALID },
    input: () => ({ image: 'no picture' }),
  },
  'user.identity.removeAvatar': { ...person, input: nothing },
  'user.identity.listMethods': { ...person, input: nothing },
  'user.identity.unlink': {
    ...{ ...owned, scope: null, program: REFUSED, token: REFUSED },
    input: identity,
  },
  'user.identity.setPassword': { ...person, input: () => ({ newPassword: 'a sentence that is new' }) },
  'user.identity.delete': { ...person, other: INVALID, input: ({ alice }) => ({ name: alice.name }) },
  'user.identity.keep': { ...person, other: ABSENT, input: leaving },
  'user.session.getRaw': { ...own, input: nothing },
  'user.session.dismiss': { ...own, input: nothing },
  'user.session.list': { ...person, input: nothing },
  'user.session.end': { ...owned, scope: null, program: REFUSED, token: REFUSED, input: otherSession },
  'user.session.endOthers': { ...person, input: nothing },
  'user.pat.create': { ...own, scope: 'token:manage', input: () => ({ name: freshName('made') }) },
  'user.pat.list': { ...own, scope: 'token:manage', input: nothing },
  'user.pat.delete': { ...owned, scope: 'token:manage', input: otherToken },
  'user.pat.rename': {
    ...{ ...owned, scope: 'token:manage' },
    input: async (cast) => ({ id: (await otherToken(cast)).id, newName: freshName('renamed') }),
  },
  'user.pat.rotate': {
    ...{ ...owned, scope: 'token:manage' },
    input: async (cast) => ({ id: (await otherToken(cast, ['token:manage'])).id }),
  },
  'user.pat.reportLeak': { ...open, input: otherToken },
  'signingKey.list': { ...own, scope: 'token:manage', input: nothing },
  'signingKey.add': {
    ...{ ...own, scope: 'token:manage' },
    input: () => ({ name: freshName('key'), pem: newSigner('ed25519').pem }),
  },
  'signingKey.remove': { ...{ ...owned, scope: 'token:manage' }, input: signingKey },
  'dockerRegistry.listInternalRegistries': { ...open, input: nothing },
  'da.push': { ...own, scope: 'artifact:write', input: () => ({ token: freshName('pushed') }) },
  'da.pull private': {
    ...{ ...owned, scope: 'artifact:read' },
    input: async (cast) => ({ token: (await privateArtifact(cast)).name }),
  },
  'artifact.upload new': { ...own, scope: 'artifact:write', input: () => ({ name: freshName('pushed') }) },
  'artifact.upload again, by its id': { ...owned, scope: 'artifact:write', input: privateArtifact },
  'artifact.getDownloadUrl private': { ...owned, scope: 'artifact:read', input: privateArtifact },
  'artifact.getDownloadUrl public': { ...open, scope: 'artifact:read', input: publicArtifact },
  'artifact.getDetail private': { ...owned, scope: 'artifact:read', input: privateArtifact },
  'artifact.getDetail public': { ...open, scope: 'artifact:read', input: publicArtifact },
  'artifact.list': { ...own, scope: 'artifact:read', input: nothing },
  'artifact.listArriving': { ...own, scope: 'artifact:read', input: nothing },
  'artifact.stopArriving': { ...owned, scope: 'artifact:write', input: arriving },
  'artifact.update private': {
    ...{ ...owned, scope: 'artifact:write' },
    input: async (cast) => ({ id: (await privateArtifact(cast)).id, isPublic: true }),
  },
  'artifact.update public': {
    ...{ ...owned, scope: 'artifact:write', other: REFUSED },
    input: async (cast) => ({ id: (await publicArtifact(cast)).id, isPublic: false }),
  },
  'artifact.updateMetaData private': {
    ...{ ...owned, scope: 'artifact:write' },
    input: async (cast) => ({ id: (await privateArtifact(cast)).id, metaData: { a: 1 } }),
  },
  'artifact.delete private': { ...owned, scope: 'artifact:delete', input: privateArtifact },
  'artifact.delete public': { ...owned, scope: 'artifact:delete', other: REFUSED, input: publicArtifact },
  // Of several, what is not the caller's is passed over, as what is not there is (contract 4.8); that it stays is shown by
  // the tests of these two methods.
  'artifact.deleteMany private': {
    ...{ ...own, scope: 'artifact:delete' },
    input: async (cast) => ({ ids: [(await privateArtifact(cast)).id] }),
  },
  'artifact.restore': {
    ...{ ...owned, scope: 'artifact:write' },
    input: trashed,
  },
  'artifact.purge': {
    ...{ ...own, scope: 'artifact:delete' },
    input: async (cast) => ({ ids: [(await trashed(cast)).id] }),
  },
  ...EXECUTOR_TABLE,
  'admin.user.setQuota': {
    ...administration,
    input: ({ mallory }) => ({ name: mallory.name, quotaBytes: 1_000_000 }),
  },
  'admin.user.setDisabled': {
    ...administration,
    input: ({ disabled }) => ({ name: disabled.name, isDisabled: true }),
  },
  'admin.user.verifyEmail': { ...administration, input: ({ mallory }) => ({ name: mallory.name }) },
  'admin.user.makeResetLink': { ...administration, input: ({ mallory }) => ({ name: mallory.name }) },
  'admin.invitation.create': { ...administration, input: nothing },
  'admin.invitation.revoke': {
    ...{ ...administration, administrator: ABSENT },
    input: () => ({ id: 'none' }),
  },
  'admin.signUp.setPolicy': { ...administration, input: () => ({ policy: 'default' }) },
  'admin.mail.retry': { ...administration, administrator: ABSENT, input: () => ({ id: 'none' }) },
  'user.identity.sendVerification': { ...person, input: nothing },
  'user.identity.verifyEmail': { ...overLink, input: () => ({ link: 'none' }) },
  'user.identity.forgotPassword': { ...open, input: () => ({ name: freshName('forgotten') }) },
  'user.identity.resetPassword': {
    ...overLink,
    input: () => ({ link: 'none', password: 'a sentence that is new' }),
  },
  'user.m2m.impersonateUser': absent,
  'user.m2m.listUserInfo': absent,
  'payment.app.getAuthorizedJWT': absent,
  'payment.app.getSummary': absent,
  'payment.app.verify': absent,
  'payment.app.reportUsage': absent,
};
