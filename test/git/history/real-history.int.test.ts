import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { detectLayout, listEntries, liveAfter, readFileAt, walkHistory } from '../../../src/git';
import { openGitReading } from '../../../src/git/isomorphic/isomorphic-repository';
import { DEFAULT_LAYOUT } from '../../../src/domain';
import { git, gitIsThere, gitTest, scratch } from '../real-git';
import { points, release } from './history-story';

const bundle =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../../shared/real-config/config-history.bundle');
const realTest = gitIsThere && existsSync(bundle) ? test : test.skip;
const { next } = scratch();

realTest('the timeline of a real repository is what plain git shows (needs the real configuration)', async () => {
  const gitdir = next('.git');
  git('.', ['clone', '--quiet', '--bare', '--branch', 'main', bundle, gitdir]);
  const { objects } = await openGitReading({ gitdir });
  const tip = git(gitdir, ['rev-parse', 'main']);
  const { tree } = await objects.readCommit(tip);
  const pointerFile = (await readFileAt(objects, tree, '_active/active_releases.json'))!;
  const layout = detectLayout({ entries: await listEntries(objects, tree), pointerFile });

  const history = await walkHistory(objects, tip, layout);

  const commits = git(gitdir, ['log', '--first-parent', '--reverse', '--format=%H', 'main']).split('\n');
  expect(history.steps.map(({ commit }) => commit.id)).toEqual(commits);
  for (const [index, commit] of commits.entries()) {
    const shown = JSON.parse(git(gitdir, ['show', `${commit}:_active/active_releases.json`])) as Record<
      string,
      unknown
    >;
    const flat = Object.entries(shown).flatMap(([kind, entries]) =>
      typeof entries === 'object' && entries !== null && Object.hasOwn(layout.kinds, kind)
        ? Object.entries(entries as Record<string, string>).map(([name, version]) => [
            kind === 'document_types' ? name : `${kind}/${name}`,
            version,
          ])
        : [],
    );
    const live = [...liveAfter(history, index)].map(([id, { version }]) => [id, version]);
    expect([commit, Object.fromEntries(live)]).toEqual([commit, Object.fromEntries(flat)]);
    const directories = git(gitdir, ['ls-tree', '-r', '-d', '--name-only', commit]).split('\n');
    const standing = history.releases.filter(
      ({ appeared, removals }) => appeared.index <= index && removals.every((removal) => removal.index > index),
    );
    expect([commit, standing.map(({ path }) => path).sort()]).toEqual([
      commit,
      directories
        .filter((path) => /\/releases\/[^/]+$/.test(path))
        .filter((path) => Object.values(layout.kinds).some((kind) => path.startsWith(kind.path.split('{')[0]!)))
        .sort(),
    ]);
  }
});

gitTest(
  'Given a commit with a signature that Git would not write today, then its history is walked all the same',
  async () => {
    const gitdir = next('.git');
    git('.', ['init', '--quiet', '--bare', gitdir]);
    const blob = (text: string): string => git(gitdir, ['hash-object', '-w', '--stdin'], text);
    const index = ['_active/active_releases.json', 'document_types/discovery/releases/1.0.0/package.yaml'];
    const contents = Object.values({ ...points({ discovery: '1.0.0' }), ...release('discovery', '1.0.0') });
    for (const [at, path] of index.entries()) {
      git(gitdir, ['update-index', '--add', '--cacheinfo', `100644,${blob(contents[at]!)},${path}`]);
    }
    const tree = git(gitdir, ['write-tree']);
    const old = `tree ${tree}\nauthor Ann <<ann@example.com>\ncommitter  <> 1700000000\n\nFirst\n`;
    const tip = git(gitdir, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], old);

    const { objects } = await openGitReading({ gitdir });
    const { steps } = await walkHistory(objects, tip, DEFAULT_LAYOUT);

    expect(steps.map(({ commit }) => commit)).toMatchObject([
      {
        author: { name: 'Ann', email: '<ann@example.com' },
        authoredAt: '1970-01-01T00:00:00.000Z',
        committedAt: '2023-11-14T22:13:20.000Z',
      },
    ]);
    expect(steps[0]?.pointerChanges).toMatchObject([{ package: 'discovery', toVersion: '1.0.0' }]);
  },
);
