import { openGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { git, gitIsThere, scratch } from '../real-git';
import { beginStory, publicRefs, publish, tellStory } from './story';

const { next } = scratch();

/** Lets a process "die": from the nth point on nothing it awaits ever comes back. */
function dyingAt(point: number): { passes: () => Promise<void>; died: Promise<void>; count: () => number } {
  let seen = 0;
  let tell: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (tell = resolve));
  return {
    died,
    count: () => seen,
    passes: () => {
      seen += 1;
      if (seen < point) return Promise.resolve();
      tell();
      return new Promise<void>(() => undefined);
    },
  };
}

test('a process that dies at any step leaves nothing that the next one does not finish, once', async () => {
  const whole = await beginStory(next('.git'), next('.db'));
  const events = await tellStory(whole);
  const counter = dyingAt(Infinity);
  const uninterrupted = publish(whole.repository, whole.log.store, {
    hooks: { onStep: counter.passes },
    onPublished: counter.passes,
  });
  await uninterrupted.caughtUp();
  await uninterrupted.stop();
  const expected = await publicRefs(whole.repository);
  // Three commits of three points each, the draft's branch, and two of the tag.
  expect(counter.count()).toBe(12);
  await whole.log.store.close();

  for (let point = 1; point <= counter.count(); point += 1) {
    const story = await beginStory(next('.git'), next('.db'));
    await tellStory(story);
    const death = dyingAt(point);
    const first = publish(story.repository, story.log.store, {
      hooks: { onStep: death.passes },
      onPublished: death.passes,
    });
    await death.died;

    const restarted = await openGitRepository({ gitdir: story.gitdir });
    const second = publish(restarted, story.log.store);
    await second.caughtUp();
    expect(await publicRefs(restarted)).toEqual(expected);
    const told = new Set([...first.publications, ...second.publications].map(({ eventId }) => eventId));
    expect(told.size).toBe(events.filter((event) => ['Staged', 'Activated', 'RolledBack'].includes(event.type)).length);
    if (gitIsThere) expect(git(story.gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
    await second.stop();
    await story.log.store.close();
  }
});
