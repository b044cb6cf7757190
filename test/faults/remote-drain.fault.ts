import { POINTER_STREAM } from '../../src/domain';
import { activated, beginStory, tellStory } from '../git/publisher/story';
import { git, gitTest, scratch } from '../git/real-git';
import { startGitHttpServer } from '../git/remote/git-http-server';
import { bareRepository, mainOf, pushTo, until } from '../git/remote/pushed-story';

const { next } = scratch();
const COMMITS = 500;

gitTest(
  `after a remote was down, ${String(COMMITS)} commits drain in order, each once`,
  async () => {
    const story = await beginStory(next('.git'), next('.db'));
    await tellStory(story);
    const bare = bareRepository(next('.git'));
    const server = await startGitHttpServer(bare);
    const pushing = pushTo(story, server.url);
    const { pusher, run } = pushing;
    await run.caughtUp();
    expect(await pusher.push()).toBe(true);
    const before = mainOf(bare).length;

    server.faults = { down: true };
    for (let at = 0; at < COMMITS; at++) {
      const versions = at % 2 === 0 ? (['1.0.0', '1.1.0'] as const) : (['1.1.0', '1.0.0'] as const);
      await story.log.append(POINTER_STREAM, activated(versions[0], versions[1]));
    }
    await run.caughtUp();
    expect(await pusher.push()).toBe(false);
    pusher.wake();
    await until(() => pusher.status().lag.commits === COMMITS);

    server.faults = {};
    const began = performance.now();
    expect(await pusher.push()).toBe(true);
    process.stdout.write(`${String(COMMITS)} commits drained in ${String(Math.round(performance.now() - began))} ms\n`);
    const pushed = mainOf(bare);
    expect(pushed).toEqual(mainOf(story.gitdir));
    expect(new Set(pushed).size).toBe(before + COMMITS);
    expect(git(bare, ['fsck', '--full', '--strict'])).toBe('');
    await pushing.stop();
    await server.close();
    await story.log.store.close();
  },
  180_000,
);
