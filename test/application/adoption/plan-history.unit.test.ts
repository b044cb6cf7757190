import { inOrder, originOf } from '../../../src/application/adoption/history-origin';
import { planAdoption } from '../../../src/application/adoption/plan-adoption';
import { planFindings } from '../../../src/application/adoption/plan-findings';
import {
  activeMap,
  DEFAULT_LAYOUT,
  emptyPointer,
  evolvePointer,
  type HistoryFinding,
  type PointerAdopted,
  POINTER_STREAM,
  type PointerState,
} from '../../../src/domain';
import { canonicalJson, MAX_APPEND_BYTES } from '../../../src/eventstore';
import { type RepositoryHistory } from '../../../src/git';
import { recorded } from '../../domain/specification';
import { directory, HistoryStory, points, release } from '../../git/history/history-story';

/** What is adopted of a history whose tip holds these releases. */
async function planned(story: HistoryStory, pointer: Readonly<Record<string, string>>) {
  const history = await story.walk();
  const releases = history.releases.flatMap(({ package: id, version, tree }) =>
    tree === null ? [] : [{ package: id, version, tree, displayName: null, requires: [] }],
  );
  const source = {
    commit: history.tip,
    layout: DEFAULT_LAYOUT,
    releases,
    pointer: new Map(Object.entries(pointer)),
  };
  return { history, rounds: planAdoption(source, history) };
}

function moves(rounds: ReturnType<typeof planAdoption>): readonly PointerAdopted[] {
  return rounds.flatMap((round) => round.get(POINTER_STREAM) ?? []) as PointerAdopted[];
}

function folded(events: readonly PointerAdopted[]): PointerState {
  return recorded(events).reduce(evolvePointer, emptyPointer());
}

describe('adopting a history', () => {
  test('Given moves there and back, then the map is that of the tip and the stack is what was live', async () => {
    const story = new HistoryStory();
    await story.commit({ ...release('a', '1.0.0'), ...release('a', '1.1.0'), ...points({ a: '1.0.0', b: '3.0.0' }) });
    await story.commit(points({ a: '1.1.0' }));
    await story.commit(points({}));
    await story.commit({ ...points({ a: '1.0.0' }), [directory('a', '1.1.0')]: null });
    const { rounds } = await planned(story, { a: '1.0.0' });
    const state = folded(moves(rounds));
    expect([...activeMap(state)].map(([id, { version }]) => [id, version])).toEqual([['a', '1.0.0']]);
    expect(state.entries.get('a')?.stack).toEqual(['1.0.0', '1.1.0', '1.0.0']);
    expect(state.entries.get('a')?.everActive.get('1.1.0')?.tree).toBeNull();
    expect(state.entries.get('b')).toMatchObject({ active: null, stack: ['3.0.0'] });
  });

  test('Given an edited release, then its tree is that of the tip and its commit that of its first appearance', async () => {
    const story = new HistoryStory();
    const first = await story.commit({ ...release('a', '1.0.0'), ...points({ a: '1.0.0' }) }, { subject: 'Begin' });
    await story.commit(release('a', '1.0.0', 'edited\n'));
    const { rounds, history } = await planned(story, { a: '1.0.0' });
    const [adopted] = rounds[0]?.get('package-a') ?? [];
    const origin = { name: 'Ann', email: 'ann@example.com', at: '2026-01-01T12:00:00.000Z', subject: 'Begin' };
    expect(adopted?.data).toMatchObject({
      commit: first,
      tree: history.releases[0]?.tree,
      origin,
    });
    expect(history.releases[0]?.tree).not.toBe(history.releases[0]?.firstTree);
    expect(moves(rounds)[0]?.data.changes[0]?.tree).toBe(history.releases[0]?.tree);
  });

  test('Given more commits than are written one by one, then a few go together, and each stream stays in order', async () => {
    const story = new HistoryStory();
    for (let at = 0; at < 600; at += 1) {
      const when = new Date(Date.UTC(2024, 0, 1, 0, at)).toISOString();
      await story.commit(points({ a: `1.${String(at)}.0` }), { at: when });
    }
    const { rounds } = await planned(story, { a: '1.599.0' });
    expect(rounds).toHaveLength(300);
    expect(moves(rounds).map(({ data }) => data.commit)).toEqual(story.commits);
  });

  test('Given a move of 2,500 packages, then it takes three events of one origin', async () => {
    const story = new HistoryStory();
    const map = Object.fromEntries(Array.from({ length: 2_500 }, (_, at) => [`p${String(at)}`, '1.0.0']));
    await story.commit(points(map));
    const { rounds } = await planned(story, map);
    expect(moves(rounds).map(({ data }) => data.changes.length)).toEqual([1000, 1000, 500]);
    expect(new Set(moves(rounds).map(({ data }) => JSON.stringify(data.origin))).size).toBe(1);
    expect(activeMap(folded(moves(rounds))).size).toBe(2_500);
  });

  test('An author without a name goes by the address, and the other way round', async () => {
    const story = new HistoryStory();
    await story.commit(points({}));
    const commit = (await story.walk()).steps[0]!.commit;
    const shown = (name: string, email: string) => {
      const origin = originOf({ ...commit, author: { name, email }, subject: '' });
      return [origin.name, origin.email, origin.subject];
    };
    const subject = `Commit ${commit.id}`;
    expect(shown('', 'ann@example.com')).toEqual(['ann@example.com', 'ann@example.com', subject]);
    expect(shown('Ann', '')).toEqual(['Ann', 'Ann', subject]);
    expect(shown('', '')).toEqual(['unknown', 'unknown', subject]);
  });

  test('An origin is never before the one in front of it, and never after its event', () => {
    const event = (at: string): PointerAdopted => ({
      type: 'PointerAdopted',
      data: {
        commit: '1'.repeat(40),
        changes: [],
        origin: { name: 'Ann', email: 'ann@example.com', at, subject: 'x' },
      },
    });
    const now = '2026-03-01T10:00:00.000Z';
    const at = (own: string, before: string | null) => inOrder(event(own), before, now).data.origin?.at;
    expect(at('2024-01-01T00:00:00.000Z', null)).toBe('2024-01-01T00:00:00.000Z');
    expect(at('2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z')).toBe('2025-01-01T00:00:00.000Z');
    expect(at('2099-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z')).toBe(now);
  });

  test('Given many long findings, then they take several events, none too large, and none is lost', async () => {
    const story = new HistoryStory();
    await story.commit(points({}));
    const finding: HistoryFinding = {
      rule: 'name-out-of-grammar',
      severity: 'WARNING',
      message: 'ü'.repeat(500),
      commit: '1'.repeat(40),
      at: '2024-01-01T00:00:00.000Z',
      until: null,
      package: null,
      version: null,
      path: '漢'.repeat(1_000),
    };
    const findings = Array.from({ length: 1_000 }, (_, at) => ({ ...finding, version: `${String(at)}.0.0` }));
    const history: RepositoryHistory = { ...(await story.walk()), findings };
    const events = planFindings(history);
    expect(events.length).toBeGreaterThan(4);
    for (const { data } of events)
      expect(Buffer.byteLength(canonicalJson(data))).toBeLessThan(MAX_APPEND_BYTES - 100_000);
    expect(events.flatMap(({ data }) => data.findings)).toEqual(findings);
    expect(planFindings({ ...history, findings: [] })).toMatchObject([{ data: { findings: [] } }]);
  });
});
