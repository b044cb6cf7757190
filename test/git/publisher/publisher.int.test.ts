import { POINTER_STREAM, type RecordedEvent, REPOSITORY_STREAM } from '../../../src/domain';
import {
  draftBranch,
  draftRef,
  type GitRepository,
  MAIN_REF,
  PublishingStopped,
  walkPublications,
} from '../../../src/git';
import { git, gitTest, scratch } from '../real-git';
import { activated, adopted, beginStory, publicRefs, publish, type Run, type Story, TAG, tellStory } from './story';

const { next } = scratch();
let story: Story;
let running: Run[];

beforeEach(async () => {
  story = await beginStory(next('.git'), next('.db'));
  running = [];
});

afterEach(async () => {
  for (const run of running) await run.stop();
  await story.log.store.close();
});

const start = (over: Parameters<typeof publish>[2] = {}, repository: GitRepository = story.repository): Run => {
  const run = publish(repository, story.log.store, over);
  running.push(run);
  return run;
};

const published = async (): Promise<Run> => {
  const run = start();
  await run.caughtUp();
  return run;
};

const isCommit = ({ type }: RecordedEvent) => ['Staged', 'Activated', 'RolledBack'].includes(type);

describe('following the log', () => {
  gitTest('each commit-making event is one commit on main, in order, and git finds nothing wrong', async () => {
    const events = await tellStory(story);
    const run = await published();
    const commits = git(story.gitdir, ['rev-list', '--first-parent', '--reverse', `${story.root}..main`]).split('\n');
    expect(run.publications).toEqual(
      events.filter(isCommit).map(({ metadata, position }, index) => ({
        eventId: metadata.eventId,
        commit: commits[index],
        position,
      })),
    );
    expect(run.publisher.status()).toEqual({
      tip: commits.at(-1),
      position: events.at(-1)!.position,
      stopped: null,
      retrying: null,
      retryingForMs: null,
    });
    expect(git(story.gitdir, ['log', '--format=%s', '--first-parent', `${story.root}..main`])).toBe(
      'rollback: Revert epic to 1.0.0\nrelease: Activate epic 1.1.0\nstage: Merge epic 1.1.0',
    );
    expect(git(story.gitdir, ['rev-parse', `${commits[0]!}^2`])).toBe(story.draftCommit);
    expect(git(story.gitdir, ['rev-parse', 'main:document_types/epic/releases/1.1.0'])).toBe(story.tree);
    expect(git(story.gitdir, ['rev-parse', 'draft/fix', `${TAG}^{commit}`]).split('\n')).toEqual([
      story.draftCommit,
      story.draftCommit,
    ]);
    expect(git(story.gitdir, ['fsck', '--full', '--strict'])).toBe('');
  });

  test('events are published as they become durable', async () => {
    const run = start();
    const events = await tellStory(story);
    await run.publisher.publishedUpTo(events.at(-1)!.position);
    expect(run.publications).toHaveLength(3);
    const { position } = await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    await run.publisher.publishedUpTo(position);
    expect(await story.repository.refs.read(MAIN_REF)).toBe(run.publications.at(-1)!.commit);
  });

  test('the walk down main finds the same publications, newest first', async () => {
    await tellStory(story);
    const { publications } = await published();
    const walked = [];
    for await (const found of walkPublications(story.repository, story.log.store)) walked.push(found);
    expect(walked.reverse()).toEqual(publications.map(({ eventId, commit }) => ({ eventId, commit })));
  });

  test('the same log in another repository gives the same ids', async () => {
    await tellStory(story);
    await published();
    const twin = await beginStory(next('.git'), next('.db'));
    await tellStory(twin);
    const run = publish(twin.repository, twin.log.store);
    await run.caughtUp();
    expect(await publicRefs(twin.repository)).toEqual(await publicRefs(story.repository));
    await run.stop();
    await twin.log.store.close();
  });

  test('a draft branch that stands elsewhere, or is gone, is left alone', async () => {
    const wip = await story.repository.refs.read(draftRef('fix'));
    await story.repository.refs.compareAndSet(draftBranch('fix'), story.root, wip);
    await tellStory(story);
    await published();
    expect(await story.repository.refs.read(draftBranch('fix'))).toBe(wip);
  });

  test('a shutdown ends it and refuses those who still wait', async () => {
    const events = await tellStory(story);
    const run = await published();
    const waiting = run.publisher.publishedUpTo(`${events.at(-1)!.position}z`);
    const refused = expect(waiting).rejects.toThrow(PublishingStopped);
    await run.stop();
    await refused;
  });
});

describe('a second adoption', () => {
  test('goes on from the adopted commit with every event that it did not take over', async () => {
    await tellStory(story);
    const before = await published();
    await before.stop();
    const taken = before.publications.at(-1)!;
    // Decided before the foreign commit was seen, never published.
    await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    const foreign = await foreignCommit(story, taken.commit);
    await story.repository.refs.compareAndSet(MAIN_REF, taken.commit, foreign);

    const stopped = start();
    await stopped.ended;
    expect(stopped.publisher.status().stopped).toContain('no event of the log');

    await story.log.append(REPOSITORY_STREAM, adopted(foreign, taken.eventId));
    await story.log.append(POINTER_STREAM, activated('1.1.0', '1.0.0'));
    const run = await published();
    expect(run.publications).toHaveLength(2);
    const [first, second] = run.publications;
    expect((await story.repository.objects.readCommit(first!.commit)).parents).toEqual([foreign]);
    expect((await story.repository.objects.readCommit(second!.commit)).parents).toEqual([first!.commit]);
    const walked = [];
    for await (const { eventId } of walkPublications(story.repository, story.log.store)) walked.push(eventId);
    expect(walked.reverse()).toEqual([...before.publications, ...run.publications].map(({ eventId }) => eventId));
  });

  test('stops a publisher that had published beside it, and one that begins there', async () => {
    await tellStory(story);
    const run = await published();
    const [taken, beside] = run.publications.slice(-2);
    const foreign = await foreignCommit(story, taken!.commit);
    await story.log.append(REPOSITORY_STREAM, adopted(foreign, taken!.eventId));
    await run.ended;
    const anew = start();
    await anew.ended;
    for (const { publisher } of [run, anew]) {
      expect(publisher.status().stopped).toContain(
        `${beside!.commit}, which stands beside the adopted commit ${foreign}`,
      );
      expect(publisher.predicted().tip).toBe(foreign);
    }
    expect(await story.repository.refs.read(MAIN_REF)).toBe(beside!.commit);

    await story.repository.refs.compareAndSet(MAIN_REF, beside!.commit, foreign);
    const healed = await published();
    expect(healed.publications.map(({ eventId }) => eventId)).toEqual([beside!.eventId]);
    // It goes on from there after a restart.
    await healed.stop();
    expect((await published()).publisher.status().stopped).toBeNull();
  });

  test('is taken up while the publisher runs', async () => {
    await tellStory(story);
    const run = await published();
    const { commit, eventId } = run.publications.at(-1)!;
    await story.log.append(REPOSITORY_STREAM, adopted(commit, eventId));
    await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    await run.caughtUp();
    expect((await story.repository.objects.readCommit(run.publications.at(-1)!.commit)).parents).toEqual([commit]);
  });
});

/** A commit that somebody pushed. */
function foreignCommit({ repository }: Story, parent: string): Promise<string> {
  const tom = { name: 'Tom', email: 'tom@example.com', seconds: 1_772_360_551 };
  return repository.objects
    .readCommit(parent)
    .then(({ tree }) =>
      repository.objects.writeCommit({ tree, parents: [parent], author: tom, committer: tom, message: 'Hot fix\n' }),
    );
}
