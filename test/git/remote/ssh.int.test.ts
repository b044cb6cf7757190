import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { POINTER_STREAM } from '../../../src/domain';
import { NO_ACCESS, observedRef, type RemoteAccess } from '../../../src/git';
import { activated, beginStory, type Story, tellStory } from '../publisher/story';
import { git, gitIsThere, scratch } from '../real-git';
import { bareRepository, commitForeign, pushTo, refsOf } from './pushed-story';
import { type SshServer, sshdIsThere, startSshServer } from './ssh-server';

const { next } = scratch();

(gitIsThere && sshdIsThere ? describe : describe.skip)(
  'a remote over ssh (needs git and sshd, which openssh-server has)',
  () => {
    let server: SshServer;
    let story: Story;
    let bare: string;
    beforeAll(async () => {
      server = await startSshServer(next());
    });
    afterAll(() => server.stop());
    beforeEach(async () => {
      story = await beginStory(next('.git'), next('.db'));
      await tellStory(story);
      bare = bareRepository(next('.git'));
    });
    afterEach(() => story.log.store.close());

    const attempt = async (access: Partial<RemoteAccess>) => {
      const given = { ...NO_ACCESS, sshKey: server.key, knownHosts: server.knownHosts, ...access };
      const pushing = pushTo(story, server.address(bare), { access: given });
      await pushing.run.caughtUp();
      return { ...pushing, holds: await pushing.pusher.push() };
    };

    test('gets everything that is published, and what follows', async () => {
      // Names that a shell and ssh would both take apart.
      const [sshKey, knownHosts] = [next(` it's 100% "let in" $HOME`), next(` it's 100% "known" $HOME`)];
      copyFileSync(server.key, sshKey);
      copyFileSync(server.knownHosts, knownHosts);
      const { holds, pusher, run, stop } = await attempt({ sshKey, knownHosts });
      expect([holds, pusher.status().failing]).toEqual([true, null]);
      await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
      await run.caughtUp();
      expect(await pusher.push()).toBe(true);
      await stop();
      expect(refsOf(bare)).toEqual(refsOf(story.gitdir));
      expect(git(bare, ['fsck', '--full', '--strict'])).toBe('');
    });

    test('that somebody else pushed to has drifted, and the foreign commit is fetched', async () => {
      const { pusher, stop } = await attempt({});
      const found = commitForeign(bare, 'main');
      expect(await pusher.push()).toBe(false);
      await stop();
      expect(pusher.status().drift).toMatchObject([{ ref: 'refs/heads/main', found }]);
      expect(git(story.gitdir, ['rev-parse', observedRef('refs/heads/main')])).toBe(found);
    });

    test('whose host key is unknown, or is another one, is not spoken with, and the setting is told', async () => {
      const [none, forged] = [next('.hosts'), next('.hosts')];
      writeFileSync(none, '');
      const [host = ''] = readFileSync(server.knownHosts, 'utf8').split(' ', 1);
      writeFileSync(forged, `${host} ${readFileSync(`${server.newKey('another-host')}.pub`, 'utf8')}`);
      for (const knownHosts of [none, forged]) {
        const { holds, pusher, stop } = await attempt({ knownHosts });
        await stop();
        expect(holds).toBe(false);
        expect(pusher.status().failing).toMatch(/Host key verification failed.*SLIPWAY_REMOTE_KNOWN_HOSTS/);
        expect(refsOf(bare)).toEqual([]);
      }
    });

    test('that does not know the key refuses it, and the setting is told', async () => {
      const sshKey = server.newKey('stranger');
      const { holds, pusher, stop } = await attempt({ sshKey });
      await stop();
      expect(holds).toBe(false);
      expect(pusher.status().failing).toMatch(/Permission denied.*SLIPWAY_REMOTE_SSH_KEY/);
      expect(refsOf(bare)).toEqual([]);
    });
  },
);
