import { POINTER_STREAM, REPOSITORY_STREAM } from '../../../src/domain';
import { exportLog, type ExportFilter, type ExportLine } from '../../../src/application';
import { type RecordedEvent } from '../../../src/domain';
import { MAIN_REF, namedEvent } from '../../../src/git';
import { activated, adopted, beginStory, publish, type Story, tellStory } from '../../git/publisher/story';
import { NOW, SERVICE } from '../../git/fixture-repository';

/** A story in a real log and a real repository, published. */
export interface Exported extends Story {
  readonly events: readonly RecordedEvent[];
  /** The lines of an export, with their newlines. */
  lines(filter?: ExportFilter): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function exportedStory(gitdir: string, logPath: string): Promise<Exported> {
  const story = await beginStory(gitdir, logPath);
  const events = await tellStory(story);
  await publishAll(story);
  return {
    ...story,
    events,
    lines: async (filter) => {
      const lines: string[] = [];
      for await (const line of exportLog({ log: story.log.store, repository: story.repository }, filter))
        lines.push(line);
      return lines;
    },
    close: () => story.log.store.close(),
  };
}

export async function publishAll({ repository, log }: Story): Promise<void> {
  const run = publish(repository, log.store);
  await run.caughtUp();
  await run.stop();
}

/**
 * Somebody commits on `main`, an event waits, the foreign commit is adopted, and moves go on upon it.
 * @param onto the event whose commit the foreign one stands on: the last one when left out.
 */
export async function adoptAgain(story: Exported, onto?: string): Promise<string> {
  const { repository, log } = story;
  const { objects, refs } = repository;
  const tip = (await refs.read(MAIN_REF))!;
  const signature = { ...SERVICE, seconds: 1_772_360_551 };
  const held = onto ?? (await namedBy(objects, tip));
  let parent = tip;
  while ((await namedBy(objects, parent)) !== held) parent = (await objects.readCommit(parent)).parents[0]!;
  const { tree } = await objects.readCommit(parent);
  const foreign = await objects.writeCommit({
    tree,
    parents: [parent],
    author: signature,
    committer: signature,
    message: 'By hand\n',
  });
  await refs.compareAndSet(MAIN_REF, tip, foreign);
  await log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
  await log.append(REPOSITORY_STREAM, adopted(foreign, held));
  await log.append(POINTER_STREAM, activated('1.1.0', '1.0.0'));
  await publishAll(story);
  return foreign;
}

async function namedBy(objects: Story['repository']['objects'], commit: string): Promise<string | undefined> {
  return namedEvent((await objects.readCommit(commit)).message)?.eventId;
}

export function parsed(lines: readonly string[]): readonly ExportLine[] {
  return lines.map((line) => JSON.parse(line) as ExportLine);
}

export { NOW };
