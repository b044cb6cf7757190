import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { git, gitIsThere, gitTest } from '../git/real-git';
import { COMPILING_MS, scratch, slipway } from './support/run-slipway';
import { copyOfExample } from './validate/working-trees';

const bundle =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../shared/real-config/config-history.bundle');
const realTest = gitIsThere && existsSync(bundle) ? it : it.skip;
const { next } = scratch();
beforeAll(() => slipway(['--help']), COMPILING_MS);

/** The bundled example as a repository of its own. */
function ownRepository(name: string): string {
  const directory = copyOfExample(next(name));
  git(directory, ['init', '--quiet', '--initial-branch=main']);
  git(directory, ['add', '.']);
  git(directory, ['commit', '--quiet', '-m', 'Start']);
  return directory;
}

gitTest('inspects a repository and a bundle of it alike, and leaves both as they were', async () => {
  const directory = ownRepository('theirs');
  const before = readdirSync(directory, { recursive: true }).sort();
  const ofRepository = await slipway(['inspect', directory]);
  expect(ofRepository).toMatchObject({ code: 0, stderr: '' });
  expect(ofRepository.stdout).toContain('Irregular: 0 errors, 0 warnings in the history');
  expect(readdirSync(directory, { recursive: true }).sort()).toEqual(before);

  const file = next('theirs.bundle');
  git(directory, ['bundle', 'create', '--quiet', file, 'main']);
  const ofBundle = await slipway(['inspect', file]);
  expect(ofBundle.stdout.replace(file, directory)).toBe(ofRepository.stdout);
});

gitTest('ends with 1 and one line for what is no repository, with 2 for wrong usage', async () => {
  const file = next('note.txt');
  writeFileSync(file, 'Not a repository.\n');
  for (const missing of [file, next('nowhere'), 'ext::sh -c true']) {
    const { code, stdout, stderr } = await slipway(['inspect', missing]);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, stdout: '', lines: 1 });
  }
  expect(await slipway(['inspect', file, '--json', '--format', 'sarif'])).toMatchObject({ code: 2 });
});

realTest(
  'tells of a real repository what plain git shows (needs the real configuration)',
  async () => {
    const { code, stdout, stderr } = await slipway(['inspect', bundle, '--branch', 'main', '--json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const shown = JSON.parse(stdout) as {
      commits: { id: string }[];
      active: Record<string, string>;
      edits: { commit: string; path: string; treeBefore: string; tree: string }[];
    };
    const clone = next('clone');
    git('.', ['clone', '--quiet', '--branch', 'main', bundle, clone]);
    expect(shown.commits.map(({ id }) => id)).toEqual(
      git(clone, ['log', '--first-parent', '--reverse', '--format=%H']).split('\n'),
    );
    for (const { commit, path, treeBefore, tree } of shown.edits) {
      const was = git(clone, ['rev-parse', `${commit}^:${path}`, `${commit}:${path}`]).split('\n');
      expect({ commit, path, was }).toEqual({ commit, path, was: [treeBefore, tree] });
    }
    expect(shown.edits.length).toBeGreaterThan(0);
    expect(existsSync(join(clone, '_active'))).toBe(true);
  },
  COMPILING_MS,
);
