import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { BadUserInput, packageStream, POINTER_STREAM, REPOSITORY_STREAM } from '../../../src/domain';
import { canonicalJson, UnknownPosition } from '../../../src/eventstore';
import { MAIN_REF } from '../../../src/git';
import { type EndLine, type ExportLine, type HeaderLine, type Linked, type ObjectLine } from '../../../src/application';
import { git, gitTest, scratch } from '../../git/real-git';
import { activated } from '../../git/publisher/story';
import { adoptAgain, type Exported, exportedStory, parsed } from './exported-story';

const { next } = scratch();
let story: Exported;
beforeEach(async () => {
  const directory = next();
  story = await exportedStory(join(directory, 'repository.git'), `${directory}.db`);
});
afterEach(() => story.close());

const kinds = (lines: readonly string[]): string[] =>
  parsed(lines).map((line) => (line.kind === 'event' ? line.type : line.kind === 'object' ? line.on : line.kind));

describe('an export', () => {
  it('holds each event in the order of the log, followed by its commit or tag', async () => {
    expect(kinds(await story.lines())).toEqual([
      ...['header', 'Adopted', 'Committed', 'draft', 'ValidationFailed', 'Staged', 'main'],
      ...['Activated', 'main', 'Tagged', 'tag', 'RolledBack', 'main', 'end'],
    ]);
  });

  it('is canonical JSON, line by line, each with the digest of the one before, and ends in counts', async () => {
    const lines = await story.lines();
    for (const line of lines) expect(line).toBe(`${canonicalJson(JSON.parse(line))}\n`);
    const end = parsed(lines).at(-1) as EndLine;
    expect(end).toMatchObject({
      events: 7,
      objects: 5,
      unpublished: 0,
      tip: await story.repository.refs.read(MAIN_REF),
    });
    const digests = lines.map((line) => createHash('sha256').update(line).digest('hex'));
    expect(parsed(lines).map(({ previous }) => previous)).toEqual([null, ...digests.slice(0, -1)]);
  });

  it('is the same bytes every time, and again with the bounds that it names', async () => {
    const lines = await story.lines();
    const head = await story.log.store.head();
    expect(await story.lines()).toEqual(lines);
    expect(await story.lines({ until: head ?? '' })).toEqual(lines);
  });

  gitTest('holds the commits and tags that git itself has', async () => {
    for (const line of parsed(await story.lines())) {
      if (line.kind !== 'object' || line.id === null) continue;
      const type = line.on === 'tag' ? 'tag' : 'commit';
      expect(`${git(story.gitdir, ['cat-file', type, line.id])}\n`).toBe(line.text);
    }
  });

  it('says which events are not published yet', async () => {
    await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    const lines = parsed(await story.lines());
    expect(lines.at(-2)).toMatchObject({ kind: 'object', on: 'main', adoption: 0, id: null, text: null });
    expect(lines.at(-1)).toMatchObject({ unpublished: 1 });
  });

  it('of a part begins each stream where it says, and keeps the stream of the repository whole', async () => {
    const [, , , staged, active] = story.events;
    const lines = parsed(await story.lines({ from: active!.position }));
    const header = lines[0] as HeaderLine;
    const events = lines.filter((line) => line.kind === 'event');
    expect(events.map(({ type }) => type)).toEqual(['Adopted', 'Activated', 'Tagged', 'RolledBack']);
    expect(header.filter).toEqual({ from: 5, until: 7, packages: null });
    expect(events[1]).toMatchObject({ stream: POINTER_STREAM, revision: 0, metadata: { previousHash: null } });
    const whole = parsed(await story.lines()).filter((line) => line.kind === 'object');
    const { eventId, id } = whole[1]!;
    expect(eventId).toBe(staged!.metadata.eventId);
    expect(header.parent).toEqual({ adoption: 0, eventId, commit: id });
  });

  it('of one package keeps the commits of others, so that the chain of parents is unbroken', async () => {
    const other = {
      type: 'ReleaseAdopted',
      data: {
        package: 'other',
        version: '1.0.0',
        commit: story.root,
        tree: story.tree,
        displayName: null,
        requires: [],
        origin: null,
      },
    } as const;
    await story.log.append(packageStream('other'), other);
    const all = parsed(await story.lines());
    const part = parsed(await story.lines({ packages: ['other'] }));
    const commits = (lines: readonly ExportLine[]) =>
      lines.flatMap((line) => (line.kind === 'object' && line.on === 'main' ? [{ ...line, previous: null }] : []));
    expect(commits(part)).toEqual(commits(all));
    expect(part.flatMap((line) => (line.kind === 'event' ? [line.stream] : []))).toEqual([
      REPOSITORY_STREAM,
      POINTER_STREAM,
      POINTER_STREAM,
      packageStream('other'),
    ]);
  });

  it('takes days and moments, and refuses those that hold nothing', async () => {
    expect(await story.lines({ from: '2026-03-01', until: '2026-03-01' })).toEqual(await story.lines());
    await expect(story.lines({ from: '2026-03-02' })).rejects.toThrow(BadUserInput);
    await expect(story.lines({ until: '2026-02-28T23:59:59Z' })).rejects.toThrow(BadUserInput);
    await expect(story.lines({ from: 'ffffffffffff-0000000000000001' })).rejects.toThrow(UnknownPosition);
    await expect(story.lines({ packages: ['stranger'] })).rejects.toThrow(/no package stranger/);
  });

  it('follows an adoption of foreign commits, with the events that waited for it upon it', async () => {
    const foreign = await adoptAgain(story);
    const lines = parsed(await story.lines());
    const header = lines[0] as HeaderLine;
    expect(header.adoptions.map(({ commit, previousEventId }) => ({ commit, previousEventId }))).toEqual([
      { commit: story.root, previousEventId: null },
      { commit: foreign, previousEventId: story.events[6]!.metadata.eventId },
    ]);
    const waited = lines.findIndex((line) => line.kind === 'event' && line.position === 8);
    expect(lines[waited + 1]).toMatchObject({ adoption: 1 });
    expect((lines[waited + 1] as Linked<ObjectLine>).text).toContain(`\nparent ${foreign}\n`);
    expect(lines.at(-1)).toMatchObject({ events: 10, unpublished: 0 });
  });
});
