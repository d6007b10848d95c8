import { expect, it } from 'vitest';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

it('admin user delete takes an account with all of its things at once, asks for --yes, and leaves a store that verifies', async () => {
  const { folder, remove } = makeTemporaryFolder();
  const env = { DATA_DIR: `${folder}/data` };
  const admin = (...words: string[]) => runAdmin(env, words);
  try {
    const server = await startTestServer(env);
    try {
      const [mira, nils] = [await addUser(env, 'mira'), await addUser(env, 'nils')];
      const call = (method: string, token: string, body?: FormData) =>
        fetch(`${server.url}/v2/rpc/${method}`, {
          method: 'POST',
          headers: { authorization: `token ${token}` },
          body,
        });
      for (const token of [mira, nils]) {
        const form = new FormData();
        form.set('file', new Blob(['some bytes']), 'DocumentArray');
        form.set('name', 'photos');
        expect((await call('artifact.upload', token, form)).status).toBe(200);
      }
      await expect(admin('user', 'delete', 'mira')).rejects.toThrow(/--yes is missing/);
      expect((await call('user.identity.whoami', mira)).status).toBe(200);
      expect(await admin('user', 'delete', 'mira', '--yes')).toBe('Deleted mira.');
      expect((await call('user.identity.whoami', mira)).status).toBe(401);
      expect((await call('user.identity.whoami', nils)).status).toBe(200);
      expect(await admin('user', 'list')).not.toContain('mira');
      await expect(admin('user', 'delete', 'mira', '--yes')).rejects.toThrow(/There is no user mira/);
      await expect(addUser(env, 'mira')).rejects.toThrow(/taken/);
      expect(await admin('verify')).toMatch(/^1 /);
    } finally {
      await server.stop();
    }
  } finally {
    remove();
  }
});
