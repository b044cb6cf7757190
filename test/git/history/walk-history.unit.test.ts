import { commitAt, liveAfter, walkHistory } from '../../../src/git';
import { DEFAULT_LAYOUT } from '../../../src/domain';
import { directory, type Edits, found, HistoryStory, messages, points, POINTER, release } from './history-story';

describe('a history in terms of promotion', () => {
  test('Given releases and moves of the pointer, when it is walked, then each commit says what it did', async () => {
    const story = new HistoryStory();
    await story.commit({ 'README.md': 'Hello\n', ...points({}) });
    await story.commit({ ...release('discovery', '1.0.0'), ...release('roadmap', '1.0.0') });
    await story.commit(points({ discovery: '1.0.0', roadmap: '1.0.0' }));
    await story.commit({ ...release('discovery', '1.1.0'), ...points({ discovery: '1.1.0', roadmap: '1.0.0' }) });
    await story.commit({ 'README.md': 'Nothing of ours\n' });
    await story.commit(points({ discovery: '1.0.0' }));

    const history = await story.walk();

    expect(history.steps.map(({ commit }) => commit.id)).toEqual(story.commits);
    expect(history.steps.map((step) => step.appeared.map((each) => `${each.package} ${each.version}`))).toEqual([
      [],
      ['discovery 1.0.0', 'roadmap 1.0.0'],
      [],
      ['discovery 1.1.0'],
      [],
      [],
    ]);
    expect(
      history.steps.map((step) =>
        step.pointerChanges.map((each) => `${each.package} ${String(each.fromVersion)} -> ${String(each.toVersion)}`),
      ),
    ).toEqual([
      [],
      [],
      ['discovery null -> 1.0.0', 'roadmap null -> 1.0.0'],
      ['discovery 1.0.0 -> 1.1.0'],
      [],
      ['discovery 1.1.0 -> 1.0.0', 'roadmap 1.0.0 -> null'],
    ]);
    expect(history.findings).toEqual([]);
    expect(history.steps[3]!.commit).toEqual({
      index: 3,
      id: story.commits[3],
      author: { name: 'Ann', email: 'ann@example.com' },
      authoredAt: '2026-01-04T12:00:00.000Z',
      committedAt: '2026-01-04T12:00:00.000Z',
      inForceFrom: '2026-01-04T12:00:00.000Z',
      subject: 'Commit 04',
    });
    expect(
      history.live.map(({ package: id, version, from, until }) => [id, version, from.index, until?.index ?? null]),
    ).toEqual([
      ['discovery', '1.0.0', 2, 3],
      ['roadmap', '1.0.0', 2, 5],
      ['discovery', '1.1.0', 3, 5],
      ['discovery', '1.0.0', 5, null],
    ]);
    const then = commitAt(history, '2026-01-05T00:00:00.000Z');
    expect(then?.index).toBe(3);
    expect([...liveAfter(history, then!.index)].map(([id, { version }]) => `${id} ${version}`)).toEqual([
      'discovery 1.1.0',
      'roadmap 1.0.0',
    ]);
    expect(commitAt(history, '2025-12-31T00:00:00.000Z')).toBeNull();
  });

  test('Given the same commit twice, then the answer is the same', async () => {
    const story = new HistoryStory();
    await story.commit({ ...release('discovery', '1.0.0'), ...points({ discovery: '1.0.0' }) });
    await story.commit(release('discovery', '1.0.0', 'edited\n'));
    expect(await story.walk()).toEqual(await story.walk());
  });

  test('Given a merge, then only its first parent is followed', async () => {
    const story = new HistoryStory();
    const base = await story.commit(points({}));
    const side = await story.commit(release('discovery', '1.0.0'));
    const { tree } = await story.objects.readCommit(side);
    const who = { name: 'Ann', email: 'ann@example.com', seconds: 1_800_000_000 };
    const merge = { tree, parents: [base, side], author: who, committer: who, message: 'Merge\n' };
    const tip = await story.objects.writeCommit(merge);
    const history = await walkHistory(story.objects, tip, DEFAULT_LAYOUT);
    expect(history.steps.map(({ commit }) => commit.id)).toEqual([base, tip]);
    expect(history.releases[0]?.appeared.id).toBe(tip);
  });
});

describe('irregularities', () => {
  test('A release edited before and after it was active, with since when', async () => {
    const story = new HistoryStory();
    await story.commit({ ...release('discovery', '1.0.0'), ...points({}) });
    await story.commit(release('discovery', '1.0.0', 'before\n'));
    await story.commit({ ...release('discovery', '1.0.0', 'with\n'), ...points({ discovery: '1.0.0' }) });
    await story.commit(release('discovery', '1.0.0', 'after\n'));
    await story.commit({ ...release('discovery', '1.1.0'), ...points({ discovery: '1.1.0' }) });
    await story.commit(release('discovery', '1.0.0', 'long after\n'));
    const history = await story.walk();
    expect(found(history)).toEqual([
      'release-edited@2',
      'release-edited@3',
      'release-edited-after-activation@4',
      'release-edited-after-activation@6',
    ]);
    expect(messages(history, 'release-edited-after-activation')[1]).toBe(
      `The content of discovery 1.0.0 was changed after it had become active in ${story.commits[2]!.slice(0, 10)} of 2026-01-03: one version stands for two contents.`,
    );
    const [edited] = history.releases;
    expect(edited?.firstActive?.index).toBe(2);
    expect(edited?.edits.map(({ afterActivation }) => afterActivation)).toEqual([false, false, true, true]);
    expect(edited?.edits[0]?.treeBefore).toBe(edited?.firstTree);
    expect(edited?.edits.at(-1)?.tree).toBe(edited?.tree);
    expect(history.findings.at(-1)).toMatchObject({
      severity: 'ERROR',
      package: 'discovery',
      version: '1.0.0',
      path: directory('discovery', '1.0.0'),
      commit: story.commits[5],
      at: '2026-01-06T12:00:00.000Z',
    });
  });

  test('A pointer that dangles until its directory comes, until it moves on, and still', async () => {
    const story = new HistoryStory();
    await story.commit(points({ discovery: '1.0.0', roadmap: '1.0.0', epic: '9.0.0' }));
    await story.commit(release('discovery', '1.0.0'));
    await story.commit({
      ...release('roadmap', '1.1.0'),
      ...points({ discovery: '1.0.0', roadmap: '1.1.0', epic: '9.0.0' }),
    });
    const history = await story.walk();
    expect(found(history)).toEqual(['dangling-pointer@1-2', 'dangling-pointer@1', 'dangling-pointer@1-3']);
    expect(messages(history, 'dangling-pointer')).toEqual([
      `The pointer names discovery 1.0.0, which has no directory. It was so until ${story.commits[1]!.slice(0, 10)} of 2026-01-02.`,
      'The pointer names epic 9.0.0, which has no directory. It is still so at the tip.',
      `The pointer names roadmap 1.0.0, which has no directory. It was so until ${story.commits[2]!.slice(0, 10)} of 2026-01-03.`,
    ]);
    expect(history.live.map(({ hadContent }) => hadContent)).toEqual([false, false, false, true]);
    // It is active from when it can be read.
    expect(history.releases[0]?.firstActive?.index).toBe(1);
  });

  test('A directory that is removed while it is active, when it was active, and when it never was', async () => {
    const story = new HistoryStory();
    await story.commit({
      ...release('discovery', '1.0.0'),
      ...release('discovery', '1.1.0'),
      ...release('discovery', '1.2.0'),
      ...points({ discovery: '1.0.0' }),
    });
    await story.commit(points({ discovery: '1.1.0' }));
    await story.commit({
      [directory('discovery', '1.0.0')]: null,
      [directory('discovery', '1.1.0')]: null,
      [directory('discovery', '1.2.0')]: null,
    });
    const history = await story.walk();
    expect(found(history)).toEqual([
      'release-removed@3',
      'active-release-removed@3',
      'dangling-pointer@3',
      'release-removed@3',
    ]);
    expect(messages(history, 'release-removed')).toEqual([
      'discovery 1.0.0 was removed. It had been active before.',
      'discovery 1.2.0 was removed. It had never been active.',
    ]);
    expect(history.releases.map(({ tree, removals }) => [tree, removals.length])).toEqual([
      [null, 1],
      [null, 1],
      [null, 1],
    ]);
  });

  test('A directory that comes back as it went, and with other content', async () => {
    const story = new HistoryStory();
    await story.commit({ ...release('discovery', '1.0.0'), ...points({ discovery: '1.0.0' }) });
    await story.commit({ [directory('discovery', '1.0.0')]: null });
    await story.commit(release('discovery', '1.0.0'));
    await story.commit({ [directory('discovery', '1.0.0')]: null });
    await story.commit(release('discovery', '1.0.0', 'other\n'));
    const history = await story.walk();
    expect(found(history)).toEqual([
      'active-release-removed@2',
      'dangling-pointer@2-3',
      'active-release-removed@4',
      'dangling-pointer@4-5',
      'release-edited-after-activation@5',
    ]);
    expect(history.steps.flatMap(({ appeared }) => appeared.map(({ again }) => again))).toEqual([false, true, true]);
  });

  test('A pointer file that comes late, cannot be read for a while, goes, and comes back', async () => {
    const story = new HistoryStory();
    await story.commit(release('discovery', '1.0.0'));
    await story.commit(points({ discovery: '1.0.0' }));
    await story.commit({ [POINTER]: '{"discovery": ' });
    await story.commit(points({ discovery: '1.0.0' }));
    await story.commit({ [POINTER]: null });
    await story.commit(points({ discovery: '1.0.0' }));
    const history = await story.walk();
    expect(found(history)).toEqual(['pointer-file-late@2', 'pointer-file-unreadable@3-4', 'pointer-file-removed@5-6']);
    expect(history.steps.map(({ pointerFile }) => pointerFile)).toEqual([
      'missing',
      'readable',
      'unreadable',
      'readable',
      'missing',
      'readable',
    ]);
    // What cannot be read moves nothing; what is not there activates nothing.
    expect(history.live.map(({ from, until }) => [from.index, until?.index ?? null])).toEqual([
      [1, 4],
      [5, null],
    ]);
  });

  test('A pointer file that is a link, and entries that name no release', async () => {
    const story = new HistoryStory();
    const target = await story.objects.writeBlob(Buffer.from('elsewhere.json'));
    await story.commitTree(story.foreignTree(POINTER, '120000', target));
    await story.commit({ [POINTER]: '{"$schema": "x", "_comment": "y", "discovery": "latest", "Bad Name": "1.0.0"}' });
    await story.commit(points({}));
    const history = await story.walk();
    expect(found(history)).toEqual([
      'pointer-file-unreadable@1-2',
      'pointer-entry-ignored@2-3',
      'pointer-entry-ignored@2-3',
    ]);
  });

  test('Dates out of order: of the committer, of the author, of both', async () => {
    const story = new HistoryStory();
    await story.commit(points({}), { at: '2026-01-10T00:00:00Z' });
    await story.commit(release('discovery', '1.0.0'), { at: '2026-01-05T00:00:00Z', written: '2026-01-11T00:00:00Z' });
    await story.commit(points({ discovery: '1.0.0' }), { at: '2026-01-12T00:00:00Z', written: '2026-01-03T00:00:00Z' });
    await story.commit({ 'README.md': 'x' }, { at: '1999-01-01T00:00:00Z' });
    const history = await story.walk();
    expect(found(history)).toEqual(['date-out-of-order@2', 'date-out-of-order@3', 'date-out-of-order@4']);
    expect(messages(history, 'date-out-of-order')[1]).toContain(
      'written 2026-01-03T00:00:00.000Z, which is before 2026-01-11T00:00:00.000Z.',
    );
    expect(history.steps.map(({ commit }) => commit.inForceFrom.slice(0, 10))).toEqual([
      '2026-01-10',
      '2026-01-10',
      '2026-01-12',
      '2026-01-12',
    ]);
  });

  test('Directories whose names do not fit the grammar, and ones that hold no file or a link', async () => {
    const story = new HistoryStory();
    await story.commit({
      ...points({}),
      [`${directory('Road_Map', '1.0.0')}/package.yaml`]: 'x',
      [`${directory('discovery', 'v1')}/package.yaml`]: 'x',
    });
    await story.commit({ 'document_types/Road_Map': null });
    const target = await story.objects.writeBlob(Buffer.from('/etc/passwd'));
    await story.commitTree(story.foreignTree(`${directory('roadmap', '1.0.0')}/package.yaml`, '120000', target));
    await story.commitTree(story.foreignTree(directory('roadmap', '1.0.0'), '120000', target));
    const history = await story.walk();
    expect(found(history)).toEqual([
      'name-out-of-grammar@1-2',
      'name-out-of-grammar@1-3',
      'unfit-content@3',
      'pointer-file-removed@3',
    ]);
    expect(history.releases).toEqual([]);
    expect(messages(history, 'unfit-content')[0]).toContain('holds a symbolic link');
  });

  test('A history that is cut off begins where it can be read', async () => {
    const story = new HistoryStory();
    story.commits.push('1'.repeat(40));
    await story.commit({ ...release('discovery', '1.0.0'), ...points({}) });
    const history = await story.walk();
    expect(found(history)).toEqual(['history-cut-off@1']);
    expect(history.steps).toHaveLength(1);
    await expect(walkHistory(story.objects, '2'.repeat(40), DEFAULT_LAYOUT)).rejects.toThrow('cannot be read');
  });
});

test('Texts of a history are one safe line of a bounded length', async () => {
  const story = new HistoryStory();
  await story.commit(points({}), { subject: `\u001b[31mred\u202e${'x'.repeat(2000)}` });
  await story.commit({ 'README.md': 'x' }, { subject: '\u0007'.repeat(499) });
  const [first, second] = (await story.walk()).steps;
  expect(first?.commit.subject.startsWith('\\u{1b}[31mred\\u{202e}xxx')).toBe(true);
  expect(first?.commit.subject).toHaveLength(500);
  expect(first?.commit.subject.endsWith('…')).toBe(true);
  expect(second?.commit.subject).toHaveLength(500);
});

test('What did not change is not read', async () => {
  const story = new HistoryStory();
  const many: Edits = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => Object.entries(release(`p${String(at)}`, '1.0.0', String(at)))).flat(),
  );
  await story.commit({ ...points({}), ...many });
  for (let at = 0; at < 20; at += 1) await story.commit({ 'README.md': String(at) });
  let reads = 0;
  const { objects } = story;
  const counting = {
    readTree: (oid: string) => ((reads += 1), objects.readTree(oid)),
    readBlob: (oid: string) => ((reads += 1), objects.readBlob(oid)),
    readCommit: (oid: string) => objects.readCommit(oid),
    readTag: (oid: string) => objects.readTag(oid),
    has: (oid: string) => objects.has(oid),
  };
  await walkHistory(counting, story.commits.at(-1)!, DEFAULT_LAYOUT);
  // 302 trees of the first commit, two of each other one (its root and the way to the pointer file), one pointer file.
  expect(reads).toBeLessThanOrEqual(302 + 100 + 20 * 2 + 3);
});
