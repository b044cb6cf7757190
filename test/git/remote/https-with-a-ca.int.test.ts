import { mkdirSync } from 'node:fs';
import { NO_ACCESS, type RemoteAccess } from '../../../src/git';
import { beginStory, type Story, tellStory } from '../publisher/story';
import { gitIsThere, scratch } from '../real-git';
import { type CertificateAuthority, certificateAuthority, opensslIsThere } from './certificate-authority';
import { basic, type GitHttpServer, startGitHttpServer } from './git-http-server';
import { bareRepository, pushTo, refsOf } from './pushed-story';

const { next } = scratch();
const CREDENTIALS = { user: 'tom', password: 'made-up-for-https' };
const ACCESS: RemoteAccess = { ...NO_ACCESS, user: CREDENTIALS.user, secret: CREDENTIALS.password };

(gitIsThere && opensslIsThere ? describe : describe.skip)('a remote over https (needs git and openssl)', () => {
  let own: CertificateAuthority;
  let other: CertificateAuthority;
  let server: GitHttpServer;
  let story: Story;
  let bare: string;
  beforeAll(() => {
    const directory = next();
    mkdirSync(directory);
    own = certificateAuthority(directory, 'own');
    other = certificateAuthority(directory, 'other');
  });
  beforeEach(async () => {
    story = await beginStory(next('.git'), next('.db'));
    await tellStory(story);
    bare = bareRepository(next('.git'));
    server = await startGitHttpServer(bare, own.identity());
    server.credentials = CREDENTIALS;
  });
  afterEach(async () => {
    await server.close();
    await story.log.store.close();
  });

  test('is pushed to where its authority is the one that is trusted', async () => {
    const { pusher, run, stop } = pushTo(story, server.url, { access: { ...ACCESS, caFile: own.file } });
    await run.caughtUp();
    expect(await pusher.push()).toBe(true);
    await stop();
    expect(refsOf(bare)).toEqual(refsOf(story.gitdir));
    expect(new Set(server.authorizations)).toEqual(new Set([basic(CREDENTIALS)]));
  });

  test.each(['without an authority', 'with another authority'])(
    '%s it is not spoken with, and the setting is told',
    async (which) => {
      const caFile = which.startsWith('without') ? null : other.file;
      const { pusher, told, run, stop } = pushTo(story, server.url, { access: { ...ACCESS, caFile } });
      await run.caughtUp();
      expect(await pusher.push()).toBe(false);
      const status = pusher.status();
      await stop();
      expect(status).toMatchObject({ state: 'failing', lag: { refs: null } });
      expect(status.failing).toMatch(/certificate.*SLIPWAY_REMOTE_CA_FILE/);
      expect(JSON.stringify([status, told])).not.toContain(CREDENTIALS.password);
      expect(refsOf(bare)).toEqual([]);
      expect(server.requests).toBe(0);
    },
  );
});
