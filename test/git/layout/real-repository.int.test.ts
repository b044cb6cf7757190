import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { detectLayout, directoryAt, findReleases, listEntries, readArtifact, readPointerFile } from '../../../src/git';
import { openGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { git, gitIsThere, scratch } from '../real-git';

const bundle =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../../shared/real-config/config-history.bundle');
const realTest = gitIsThere && existsSync(bundle) ? test : test.skip;
const { next } = scratch();

realTest('the layout, releases and pointer of a real repository are found (needs the real configuration)', async () => {
  const gitdir = next('.git');
  git('.', ['clone', '--quiet', '--bare', '--branch', 'main', bundle, gitdir]);
  const { objects } = await openGitRepository({ gitdir });
  const { tree } = await objects.readCommit(git(gitdir, ['rev-parse', 'main']));
  const entries = await listEntries(objects, tree);
  const pointerFile = (await readArtifact(objects, tree, '_active/active_releases.json'))!.bytes;

  const layout = detectLayout({ entries, pointerFile });
  expect(layout.defaultKind).toBe('document_types');
  expect(layout.pointer).toEqual({ path: '_active/active_releases.json', form: 'sectioned' });
  expect(
    Object.entries(layout.kinds).map(([kind, { path, manifest }]) => [kind, path, manifest?.file ?? null]),
  ).toEqual(
    [
      ['document_types', 'document_types', 'package.yaml'],
      ['roles', 'prompts/roles', null],
      ['templates', 'prompts/templates', null],
      ['schemas', 'schemas', null],
      ['workflows', 'workflows', null],
      ['tasks', 'prompts/tasks', null],
      ['pgc', 'prompts/pgc', null],
      ['mechanical_ops', 'mechanical_ops', null],
    ].map(([kind, prefix, manifest]) => [kind, `${prefix!}/{id}/releases/{version}`, manifest]),
  );

  const { releases, notAdopted } = findReleases(entries, layout);
  const directories = git(gitdir, ['ls-tree', '-r', '-d', '--name-only', 'main']).split('\n');
  expect(releases.map((release) => release.path).sort()).toEqual(
    directories.filter((path) => /\/releases\/[^/]+$/.test(path)).sort(),
  );
  expect(notAdopted).toEqual([]);
  for (const release of releases) expect(await directoryAt(objects, tree, release.path)).toBe(release.tree);

  const { entries: active, ignored } = readPointerFile(pointerFile, layout);
  expect(active.size).toBe(76);
  expect(active.get('project_discovery')).toBe('1.4.0');
  expect(active.get('pgc/project_discovery.v1')).toBe('1.0.0');
  expect(ignored).toEqual(['$schema', '_comment']);
});
