import { freshName } from '../artifacts.ts';
import { newAccount } from '../people.ts';
import { ABSENT, ACCEPTED, INVALID, LOG_IN, NO_MATCH, NO_METHOD, OK, REFUSED, type Row } from './row.ts';
import {
  arriving,
  endedTask,
  executor,
  executorWithImage,
  identity,
  leaving,
  otherSession,
  otherToken,
  privateArtifact,
  publicArtifact,
  publicWithImage,
  runningPush,
  trashed,
  trashedExecutor,
  waitingLogin,
} from './things.ts';

const nothing = () => ({});
/** For everybody, of whom nobody needs to be known. */
const open = { scope: null, nobody: OK, owner: OK, other: OK };
/** For everybody who is known, and only about themselves. */
const own = { scope: null, nobody: LOG_IN, owner: OK, other: OK };
/** For the person in a browser alone, and only about themselves. */
const person = { ...own, program: REFUSED, token: REFUSED };
/** The same of a thing of the owner's, which nobody else is told of. */
const owned = { nobody: LOG_IN, owner: OK, other: ABSENT };
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
  'executor.push': { ...own, scope: 'executor:write', input: () => ({ id: freshName('pushed') }) },
  'executor.create': { ...own, scope: 'executor:write', input: () => ({ id: freshName('pushed') }) },
  'executor.update': { ...own, scope: 'executor:write', input: () => ({ id: freshName('pushed') }) },
  'executor.createAsync': {
    ...{ ...own, owner: ACCEPTED, other: ACCEPTED, scope: 'executor:write' },
    input: () => ({ id: freshName('pushed') }),
  },
  'executor.updateAsync': {
    ...{ ...own, owner: ACCEPTED, other: ACCEPTED, scope: 'executor:write' },
    input: () => ({ id: freshName('pushed') }),
  },
  'v1.executors.create': { ...own, scope: 'executor:write', input: nothing },
  'v1.executors.update': { ...own, scope: 'executor:write', input: () => ({ force: freshName('pushed') }) },
  'v1.executors.get public': {
    ...{ ...open, scope: 'executor:read' },
    input: (cast) => executor(cast, 'public'),
  },
  'executor.queryProgress': { ...owned, scope: 'executor:read', input: endedTask },
  'executor.listAsyncTasks': { ...own, scope: 'executor:read', input: nothing },
  'executor.getPackage private': { ...owned, scope: 'executor:read', input: (cast) => executor(cast) },
  'executor.getPackage public': {
    ...{ ...open, scope: 'executor:read' },
    input: (cast) => executor(cast, 'public'),
  },
  'executor.getMeta private': { ...owned, scope: 'executor:read', input: (cast) => executor(cast) },
  'executor.getMeta public': {
    ...{ ...open, scope: 'executor:read' },
    input: (cast) => executor(cast, 'public'),
  },
  'sandbox.get': {
    ...{ scope: 'executor:read', nobody: ABSENT, owner: ABSENT, other: ABSENT },
    input: () => ({ name: 'Sandboxed' }),
  },
  'sandbox.create': {
    ...{ scope: 'executor:read', nobody: REFUSED, owner: REFUSED, other: REFUSED },
    input: () => ({ name: 'Sandboxed' }),
  },
  'executor.list': { ...open, scope: 'executor:read', input: nothing },
  // A server without images.
  'executor.rebuildImage private': {
    ...{ ...owned, scope: 'executor:write', owner: REFUSED },
    input: (cast) => executor(cast),
  },
  'executor.rebuildImage public': {
    ...{ ...owned, scope: 'executor:write', owner: REFUSED, other: REFUSED },
    input: (cast) => executor(cast, 'public'),
  },
  'executor.setVisibility private': {
    ...{ ...owned, scope: 'executor:write' },
    input: async (cast) => ({ id: (await executor(cast)).id, public: true }),
  },
  'executor.setVisibility public': {
    ...{ ...owned, scope: 'executor:write', other: REFUSED },
    input: async (cast) => ({ id: (await executor(cast, 'public')).id, public: false }),
  },
  'executor.delete private': { ...owned, scope: 'executor:delete', input: (cast) => executor(cast) },
  'executor.delete public': {
    ...{ ...owned, scope: 'executor:delete', other: REFUSED },
    input: (cast) => executor(cast, 'public'),
  },
  // As `artifact.deleteMany`.
  'executor.deleteMany': {
    ...{ ...own, scope: 'executor:delete' },
    input: async (cast) => ({ ids: [(await executor(cast)).id] }),
  },
  'executor.restore': { ...{ ...owned, scope: 'executor:write' }, input: trashedExecutor },
  'executor.purge': {
    ...{ ...own, scope: 'executor:delete' },
    input: async (cast) => ({ ids: [(await trashedExecutor(cast)).id] }),
  },
  'executor.setTag private': {
    ...{ ...owned, scope: 'executor:write' },
    input: async (cast) => ({ ...(await executor(cast)), tag: 'v1' }),
  },
  'executor.deleteTag private': {
    ...{ ...owned, scope: 'executor:delete' },
    input: async (cast) => ({ ...(await executor(cast)), tag: 'latest' }),
  },
  'executor.deleteTag public': {
    ...{ ...owned, scope: 'executor:delete', other: REFUSED },
    input: async (cast) => ({ ...(await executor(cast, 'public')), tag: 'latest' }),
  },
  'executor.cancelPush': { ...{ ...owned, scope: 'executor:write' }, input: runningPush },
  'executor.getBom private': { ...{ ...owned, scope: 'executor:read' }, input: executorWithImage },
  'executor.getBom public': { ...{ ...open, scope: 'executor:read' }, input: publicWithImage },
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
