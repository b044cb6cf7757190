import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { POINTER_STREAM } from '../../../src/domain';
import { type CommitObject, type GitRepository, MAIN_REF, PublishingStopped } from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { scratch } from '../real-git';
import { activated, beginStory, publish, type Run, type Story, TAG, tellStory } from './story';

const { next } = scratch();
let story: Story;

beforeEach(async () => {
  story = await beginStory(next('.git'), next('.db'));
  await tellStory(story);
});

afterEach(() => story.log.store.close());

async function publishedOnce(): Promise<Run> {
  const run = publish(story.repository, story.log.store);
  await run.caughtUp();
  await run.stop();
  return run;
}

/** Puts a changed copy of the tip on `main`, in the tip's place. */
async function replaceTip(change: (tip: CommitObject) => Partial<CommitObject>): Promise<string> {
  const { objects, refs } = story.repository;
  const tip = await refs.read(MAIN_REF);
  const commit = await objects.readCommit(tip!);
  const replaced = await objects.writeCommit({ ...commit, ...change(commit) });
  await refs.compareAndSet(MAIN_REF, tip, replaced);
  return replaced;
}

/** Runs a publisher that must refuse, with one more event waiting. */
async function refusal(): Promise<string> {
  const { position } = await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
  const run = publish(story.repository, story.log.store);
  await run.ended;
  await expect(run.publisher.publishedUpTo(position)).rejects.toThrow(PublishingStopped);
  expect(run.publications).toEqual([]);
  return run.publisher.status().stopped!;
}

describe('publishing stops and writes nothing', () => {
  test('when main is missing', async () => {
    const { refs } = story.repository;
    await refs.compareAndSet(MAIN_REF, await refs.read(MAIN_REF), null);
    expect(await refusal()).toContain('missing');
    expect(await refs.read(MAIN_REF)).toBeNull();
  });

  test('when the ref main is damaged', async () => {
    await publishedOnce();
    writeFileSync(join(story.gitdir, MAIN_REF), '');
    expect(await refusal()).toContain('cannot be read');
  });

  test('when the tip cannot be read', async () => {
    await publishedOnce();
    const tip = (await story.repository.refs.read(MAIN_REF))!;
    rmSync(join(story.gitdir, 'objects', tip.slice(0, 2), tip.slice(2)));
    expect(await refusal()).toContain(tip);
  });

  test('when the tip names no event', async () => {
    await publishedOnce();
    const tip = await replaceTip(() => ({ message: 'Hot fix\n' }));
    expect(await refusal()).toContain('no event of the log');
    expect(await story.repository.refs.read(MAIN_REF)).toBe(tip);
  });

  test('when the tip names an event that is not in the log', async () => {
    await publishedOnce();
    await replaceTip(({ message }) => ({ message: message.replace(/@\d+\n/, '@99\n') }));
    expect(await refusal()).toContain('does not hold');
  });

  test('when the tip is an amended copy of the commit of its event', async () => {
    await publishedOnce();
    const { tree } = await story.repository.objects.readCommit(story.root);
    const tip = await replaceTip(() => ({ tree }));
    expect(await refusal()).toContain('not the commit that this event makes');
    expect(await story.repository.refs.read(MAIN_REF)).toBe(tip);
  });

  test('when somebody moves main while it runs', async () => {
    const run = publish(story.repository, story.log.store);
    await run.caughtUp();
    await replaceTip(() => ({ message: 'Hot fix\n' }));
    const { position } = await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    await expect(run.publisher.publishedUpTo(position)).rejects.toThrow(PublishingStopped);
    await run.ended;
    expect(run.publisher.status().stopped).toContain(MAIN_REF);
  });

  test('when a tag of that name stands for something else', async () => {
    await story.repository.refs.compareAndSet(`refs/tags/${TAG}`, null, story.root);
    const run = publish(story.repository, story.log.store);
    await run.ended;
    expect(run.publisher.status().stopped).toContain(TAG);
  });

  test.each(['epic', `${TAG}/v1.0.0`])('when the tag %s leaves no room for another', async (taken) => {
    await story.repository.refs.compareAndSet(`refs/tags/${taken}`, null, story.root);
    const run = publish(story.repository, story.log.store);
    await run.ended;
    expect(run.publisher.status().stopped).toMatch(new RegExp(`${TAG}.*git update-ref -d REF`));
  });
});

describe('an operator is told how to go on', () => {
  const told = /git update-ref refs\/heads\/main ([0-9a-f]{40})` .* restart/;

  test('from the commit of our own below a foreign tip, and that is enough', async () => {
    const { publications } = await publishedOnce();
    const { objects, refs } = story.repository;
    const ours = publications.at(-1)!.commit;
    const foreign = { ...(await objects.readCommit(ours)), message: 'Hot fix\n' };
    let tip: string = ours;
    for (let times = 0; times < 2; times++) tip = await objects.writeCommit({ ...foreign, parents: [tip] });
    await refs.compareAndSet(MAIN_REF, ours, tip);
    expect(told.exec(await refusal())?.[1]).toBe(ours);

    await refs.compareAndSet(MAIN_REF, tip, ours);
    expect((await publishedOnce()).publisher.status().stopped).toBeNull();
  });

  test('from the adopted commit where nothing else can be read', async () => {
    const { refs } = story.repository;
    await refs.compareAndSet(MAIN_REF, await refs.read(MAIN_REF), null);
    expect(told.exec(await refusal())?.[1]).toBe(story.root);
  });

  test('from the tip it stood at, when main moves while it runs', async () => {
    const run = publish(story.repository, story.log.store);
    await run.caughtUp();
    const ours = await story.repository.refs.read(MAIN_REF);
    await replaceTip(() => ({ message: 'Hot fix\n' }));
    await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    await run.ended;
    expect(told.exec(run.publisher.status().stopped!)?.[1]).toBe(ours);
  });
});

test('a lock that another program holds is tried again, and reported for as long as it lasts', async () => {
  const lock = join(story.gitdir, 'refs', 'tags', `${TAG}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, '');
  const seen: unknown[] = [];
  const impatient = await initGitRepository({ gitdir: story.gitdir, lockTimeoutMs: 20 });
  const run = publish(impatient, story.log.store, {
    hooks: {
      onRetry: () => {
        seen.push(run.publisher.status());
        if (seen.length === 2) rmSync(lock);
      },
    },
  });
  await run.caughtUp();
  const retrying = expect.stringContaining('is held') as string;
  const held = { stopped: null, retrying, retryingForMs: expect.any(Number) as number };
  expect(seen).toMatchObject([held, held]);
  expect(run.publisher.status()).toMatchObject({ stopped: null, retrying: null, retryingForMs: null });
  await run.stop();
});

test('a main that was taken back to an earlier commit of its own is published again with the same ids', async () => {
  const { refs } = story.repository;
  const { publications } = await publishedOnce();
  const tip = await refs.read(MAIN_REF);
  await refs.compareAndSet(MAIN_REF, tip, publications[0]!.commit);
  const again = await publishedOnce();
  expect(await refs.read(MAIN_REF)).toBe(tip);
  expect(again.publications).toEqual(publications);
});

test('a failing disk is tried again until it works, and reported meanwhile', async () => {
  let failures = 3;
  const { objects, refs } = story.repository;
  const failing: GitRepository = {
    objects,
    refs: {
      read: (ref) => refs.read(ref),
      list: (prefix) => refs.list(prefix),
      compareAndSet: (...move) => {
        failures -= 1;
        if (failures >= 0) return Promise.reject(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }));
        return refs.compareAndSet(...move);
      },
    },
  };
  const pauses: number[] = [];
  const run = publish(failing, story.log.store, { hooks: { onRetry: (_, delayMs) => pauses.push(delayMs) } });
  await run.caughtUp();
  expect(pauses).toEqual([100, 200, 400]);
  expect(run.publications).toHaveLength(3);
  expect(run.publisher.status()).toMatchObject({ stopped: null, retrying: null });
  await run.stop();
});
