import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { git, gitIsThere } from '../git/real-git';
import { readLog } from './support/agreement';
import { expectVerified } from './support/foreign-work';
import { COMMITS, datedRepository, FOUND, POINTER } from './support/irregular-history';
import { takeOver, type TakenOver } from './support/taken-over';

const BUNDLE =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../shared/real-config/config-history.bundle');
const withGit = gitIsThere ? describe : describe.skip;
const real = gitIsThere && existsSync(BUNDLE) ? it : it.skip;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'slipway-history-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** From when each commit's pointer was in force: its date, or a later one of a commit before it. */
function moments(repository: string): readonly { readonly commit: string; readonly from: string }[] {
  let from = '';
  return git(repository, ['log', '--first-parent', '--reverse', '--format=%H %ct', 'main'])
    .split('\n')
    .map((line) => {
      const [commit = '', seconds] = line.split(' ');
      const at = new Date(Number(seconds) * 1000).toISOString();
      from = at > from ? at : from;
      return { commit, from };
    });
}

/** The pointer file of a commit as plain git shows it, as one map; nothing where there is no file. */
function shownPointer(repository: string, commit: string): Readonly<Record<string, string>> {
  if (git(repository, ['ls-tree', commit, '--', POINTER]) === '') return {};
  const file = JSON.parse(git(repository, ['show', `${commit}:${POINTER}`])) as Record<string, unknown>;
  const entries = Object.entries(file).flatMap(([key, value]): (readonly [string, string])[] => {
    if (typeof value === 'string') return key === '$schema' || key === '_comment' ? [] : [[key, value]];
    const section = Object.entries(value as Record<string, string>);
    return section.map(([name, version]) => [key === 'document_types' ? name : `${key}/${name}`, version]);
  });
  return Object.fromEntries(entries);
}

/** Expects `activeReleases(at:)` to be what plain git shows, at every moment at which something came into force. */
async function expectTimeline({ slipway }: TakenOver, repository: string): Promise<void> {
  const all = moments(repository);
  // Of commits that are in force from the same moment on, the last one counts.
  const last = all.filter(({ from }, at) => all[at + 1]?.from !== from);
  for (const { commit, from } of last) {
    const { activeReleases } = (await slipway.ask(`{ activeReleases(at: "${from}") { pointer } }`)) as {
      activeReleases: { pointer: object };
    };
    expect({ commit, pointer: activeReleases.pointer }).toEqual({ commit, pointer: shownPointer(repository, commit) });
  }
}

withGit('a repository that is taken over with its history (needs git)', () => {
  let source: string;
  let taken: TakenOver;
  beforeAll(async () => {
    source = datedRepository(join(scratch, 'source'));
    taken = await takeOver(source, join(scratch, 'data'), { withHistory: true });
  }, 60_000);
  afterAll(() => taken.slipway.close());
  const ask = (query: string): Promise<unknown> => taken.slipway.ask(query);

  it('answers what was active when, back to its first day and not before', async () => {
    await expectTimeline(taken, source);
    expect(await ask('{ activeReleases(at: "2024-01-20T00:00:00Z") { pointer } }')).toEqual({
      activeReleases: { pointer: {} },
    });
    expect(await ask('{ activeReleases(at: "2024-03-25T00:00:00Z") { pointer } }')).toEqual({
      activeReleases: { pointer: { alpha: '1.1.0', beta: '1.0.0' } },
    });
    const { errors } = await taken.slipway.gql('{ activeReleases(at: "2024-01-10T11:59:59Z") { pointer } }');
    expect(errors).toMatchObject([{ extensions: { code: 'OUT_OF_HISTORY', earliest: '2024-01-10T12:00:00.000Z' } }]);
  });

  it('is proven by slipway verify', () => expectVerified(taken.slipway.dataDirectory));

  it('shows who did it, when and why', async () => {
    const { activeReleases, release, activations } = (await ask(`{
      activeReleases { commit entries { packageId version previousVersion activatedBy { id name } activatedAt reason } }
      release(package: "alpha", version: "1.0.0") { state message commit committedBy { id name } committedAt }
      activations(actor: "ben@example.com", to: "2024-12-31T00:00:00Z") { nodes { at reason commit changes { packageId fromVersion toVersion } } }
    }`)) as { activeReleases: object; release: object; activations: object };
    const commits = git(source, ['rev-list', '--first-parent', '--reverse', 'main']).split('\n');
    expect(activeReleases).toMatchObject({
      commit: commits[6],
      entries: [
        {
          packageId: 'alpha',
          version: '2.0.0',
          previousVersion: '1.1.0',
          activatedBy: { id: 'ann@example.com', name: 'Ann Archer' },
          activatedAt: '2024-04-01T12:00:00.000Z',
          reason: 'Release alpha 2.0.0',
        },
      ],
    });
    expect(release).toEqual({
      state: 'SUPERSEDED',
      message: 'Add alpha and beta',
      commit: commits[1],
      committedBy: { id: 'ben@example.com', name: 'Ben Baker' },
      committedAt: '2024-02-01T12:00:00.000Z',
    });
    // The later move has an earlier date: it is shown, and was in force, from that of the move before it.
    expect(activations).toEqual({
      nodes: [
        {
          at: '2024-04-01T12:00:00.000Z',
          reason: 'Retire beta',
          commit: commits[6],
          changes: [
            { packageId: 'beta', fromVersion: '1.0.0', toVersion: null },
            { packageId: 'gone', fromVersion: '9.9.9', toVersion: null },
          ],
        },
        {
          at: '2024-02-05T12:00:00.000Z',
          reason: 'Go live',
          commit: commits[2],
          changes: [
            { packageId: 'alpha', fromVersion: null, toVersion: '1.0.0' },
            { packageId: 'beta', fromVersion: null, toVersion: '1.0.0' },
          ],
        },
      ],
    });
  });

  it('has an audit log in the order of time, whose pages fit together', async () => {
    const fields = 'nodes { id at actor { id } packageId version message reason } pageInfo { endCursor hasNextPage }';
    const { auditLog: whole } = (await ask(`{ auditLog(first: 200) { ${fields} } }`)) as Audit;
    const at = whole.nodes.map((node) => node.at);
    expect(at).toEqual([...at].sort().reverse());
    const pages: object[] = [];
    for (let after = ''; ;) {
      const { auditLog: page } = (await ask(`{ auditLog(first: 3${after}) { ${fields} } }`)) as Audit;
      pages.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(pages).toEqual(whole.nodes);
    const { auditLog: spring } = (await ask(
      `{ auditLog(from: "2024-02-01T00:00:00Z", to: "2024-02-29T00:00:00Z", package: "beta") { ${fields} } }`,
    )) as Audit;
    expect(spring.nodes).toMatchObject([
      { at: '2024-02-05T12:00:00.000Z', actor: { id: 'ben@example.com' }, version: '1.0.0', reason: 'Go live' },
      { at: '2024-02-01T12:00:00.000Z', actor: { id: 'ben@example.com' }, message: 'Add alpha and beta' },
    ]);
  });

  it('sends its moves in the order of the history to whoever subscribes from the beginning', async () => {
    const { events } = (await ask('{ events(first: 1) { nodes { position } } }')) as {
      events: { nodes: { position: string }[] };
    };
    const feed = await taken.slipway.subscribe<{ at: string; actor: { name: string } }>(
      `subscription { activations(after: "${events.nodes[0]!.position}") { at actor { name } } }`,
    );
    const moves = (await feed.take(4)).map(({ at, actor }) => [at.slice(0, 10), actor.name]);
    expect(moves).toEqual([
      ['2024-02-05', 'Ben Baker'],
      ['2024-03-01', 'Ann Archer'],
      ['2024-04-01', 'Ann Archer'],
      ['2024-04-01', 'Ben Baker'],
    ]);
  });

  it('keeps what was irregular as findings', async () => {
    const { historyFindings } = (await ask(`{ historyFindings { totalCount nodes {
      rule severity message begins { commit at } ends { commit at } packageId version path release { state }
    } } }`)) as { historyFindings: { totalCount: number; nodes: Record<string, unknown>[] } };
    expect(historyFindings.nodes.map(({ rule }) => rule)).toEqual(FOUND);
    expect(historyFindings.totalCount).toBe(FOUND.length);
    expect(historyFindings.nodes[1]).toMatchObject({
      severity: 'ERROR',
      message: expect.stringContaining('after it had become active in') as string,
      begins: { at: '2024-03-10T12:00:00.000Z' },
      ends: null,
      packageId: 'alpha',
      version: '1.0.0',
      path: 'document_types/alpha/releases/1.0.0',
      release: { state: 'SUPERSEDED' },
    });
    expect(historyFindings.nodes[2]).toMatchObject({
      packageId: 'gone',
      begins: { at: '2024-04-01T12:00:00.000Z' },
      ends: { at: '2024-03-20T12:00:00.000Z' },
      release: null,
    });
    expect(
      await ask(
        '{ historyFindings(package: "alpha", severity: WARNING, rules: ["release-removed", "release-edited"]) { nodes { version } } }',
      ),
    ).toEqual({ historyFindings: { nodes: [{ version: '1.1.0' }] } });
    const { errors } = await taken.slipway.gql('{ historyFindings(rules: ["nothing"]) { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'rules' } }]);
    const writer = taken.slipway.token('viewer', 'looker').token;
    const asked = await taken.slipway.gql('{ historyFindings { totalCount } }', {}, writer);
    const audit = await taken.slipway.gql('{ auditLog { totalCount } }', {}, writer);
    expect(asked.errors.map(({ extensions }) => extensions)).toEqual(audit.errors.map(({ extensions }) => extensions));
  });

  it('stores no text of the history that could move a cursor, hide a line or begin another', async () => {
    const stored = JSON.stringify((await readLog(taken.slipway.dataDirectory)).map(({ data }) => data));
    expect(stored).not.toMatch(/\\u00[01][0-9a-f]|[\u0000-\u001f\u202a-\u202e]/);
    expect(Buffer.byteLength(stored)).toBeLessThan(40_000);
  });

  it('goes back to what was live before, if that has content', async () => {
    const { slipway } = taken;
    const { rollbackPlan } = (await ask(
      '{ rollbackPlan(package: "alpha") { ok blockers { code message unblock } } }',
    )) as {
      rollbackPlan: object;
    };
    expect(rollbackPlan).toMatchObject({
      ok: false,
      blockers: [
        {
          code: 'CONTENT_CHANGED',
          message: 'alpha 1.1.0 has no content: its directory was not in the repository when that was adopted.',
        },
      ],
    });
    await expect(slipway.commands.rollback({ package: 'alpha' })).rejects.toMatchObject({ code: 'CONTENT_CHANGED' });
    const back = await slipway.commands.rollback({ package: 'alpha', toVersion: '1.0.0' });
    expect(back.pointer).toEqual({ alpha: '1.0.0' });
    await slipway.commands.activate({ beta: '1.0.0' });
    await slipway.published();
    expect(JSON.parse(slipway.git('show', `main:${POINTER}`))).toEqual({ alpha: '1.0.0', beta: '1.0.0' });
    expect(slipway.git('rev-parse', 'main~2')).toBe(taken.reading.commit);
  });

  it('tags the content that is locked, not the one that was edited', async () => {
    const { slipway } = taken;
    await slipway.ask('mutation { tagRelease(input: { package: "alpha", version: "1.0.0" }) { position } }');
    await slipway.ask('mutation { tagRelease(input: { package: "beta", version: "1.0.0" }) { position } }');
    await slipway.published();
    const task = 'document_types/alpha/releases/1.0.0/prompts/task.prompt.txt';
    expect(slipway.git('show', `alpha/v1.0.0:${task}`)).toBe('Fixed in place.');
    const commits = git(source, ['rev-list', '--first-parent', '--reverse', 'main']).split('\n');
    expect(slipway.git('rev-parse', 'beta/v1.0.0^{commit}')).toBe(commits[1]);
  });

  it('has the same releases and the same pointer as without its history', async () => {
    const plain = await takeOver(source, join(scratch, 'plain'));
    try {
      const query =
        '{ packages { nodes { id releases { nodes { version tree adopted } } } } activeReleases { pointer } }';
      const { packages, activeReleases } = (await plain.slipway.ask(query)) as {
        packages: Packages;
        activeReleases: object;
      };
      const historic = (await ask(query)) as { packages: Packages };
      const some = historic.packages.nodes.filter(({ releases }) => releases.nodes.length > 0);
      expect(some).toEqual(packages.nodes);
      expect(activeReleases).toEqual({ pointer: { alpha: '2.0.0' } });
      const types = (await readLog(join(scratch, 'plain'))).map(({ type }) => type);
      expect(types).toEqual(['ReleaseAdopted', 'ReleaseAdopted', 'ReleaseAdopted', 'PointerAdopted', 'Adopted']);
      expect(await plain.slipway.ask('{ historyFindings { totalCount } }')).toEqual({
        historyFindings: { totalCount: 0 },
      });
    } finally {
      await plain.slipway.close();
    }
  });

  it('writes each commit of the history that meant something, and nothing else', async () => {
    const log = await readLog(taken.slipway.dataDirectory);
    const adoption = log.slice(0, log.findIndex(({ type }) => type === 'Adopted') + 1);
    expect(adoption.map(({ type }) => type)).toEqual([
      ...['ReleaseAdopted', 'ReleaseAdopted', 'PointerAdopted', 'PointerAdopted'],
      ...['ReleaseAdopted', 'PointerAdopted', 'PointerAdopted', 'HistoryFindings', 'Adopted'],
    ]);
    expect(COMMITS).toHaveLength(9);
  });
});

real(
  'the timeline of a real repository is what plain git shows (needs the real configuration)',
  async () => {
    const source = join(scratch, 'real');
    git(scratch, ['clone', '--quiet', '--bare', '--branch', 'main', BUNDLE, source]);
    const taken = await takeOver(BUNDLE, join(scratch, 'real-data'), { withHistory: true });
    try {
      await expectTimeline(taken, source);
      const { pointer } = taken.reading;
      expect(await taken.slipway.ask('{ activeReleases { pointer } }')).toEqual({
        activeReleases: { pointer: Object.fromEntries([...pointer].sort(([a], [b]) => (a < b ? -1 : 1))) },
      });
    } finally {
      await taken.slipway.close();
    }
  },
  60_000,
);

interface Audit {
  readonly auditLog: {
    readonly nodes: readonly { readonly at: string }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  };
}

interface Packages {
  readonly nodes: readonly { readonly releases: { readonly nodes: readonly object[] } }[];
}
