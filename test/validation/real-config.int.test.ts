import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PlannedMap, type ValidationEngine, type ValidationRequest } from '../../src/validation';
import { DOCUMENT_TYPE } from './support/a-release';
import { engineFromSource } from './support/engine-from-source';

const BUNDLE =
  process.env.SLIPWAY_REAL_CONFIG ??
  join(__dirname, '..', '..', '..', 'shared', 'real-config', 'config-history.bundle');
const FOLDERS: Readonly<Record<string, string>> = {
  document_types: 'document_types',
  roles: 'prompts/roles',
  templates: 'prompts/templates',
  tasks: 'prompts/tasks',
  pgc: 'prompts/pgc',
  schemas: 'schemas',
  workflows: 'workflows',
  mechanical_ops: 'mechanical_ops',
};

const ifPresent = existsSync(BUNDLE) ? describe : describe.skip;

ifPresent('a real configuration repository', () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-real-config-'));
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-C', directory, ...args], { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  let engine: ValidationEngine;

  beforeAll(() => {
    git('clone', '--quiet', '--bare', '--branch', 'main', BUNDLE, '.');
    engine = engineFromSource();
  });
  afterAll(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('has two prescriptive or descriptive packages without a context at its tip, and nothing else', async () => {
    const requests = releasesAt('main');
    const reports = await Promise.all(requests.map((request) => engine.validate(request)));

    expect(requests.filter(({ kind }) => kind === 'document_types')).toHaveLength(7);
    expect(requests.length).toBeGreaterThan(70);
    expect(reports.flatMap(({ findings }, at) => findings.map(({ rule }) => [requests[at]?.package, rule]))).toEqual([
      ['concierge_intake', 'pgc-context-missing'],
      ['implementation_plan', 'pgc-context-missing'],
    ]);
  });

  it('is not passed over: the same releases with their roles, schemas and inputs gone are refused', async () => {
    const requests = releasesAt('main').filter(({ kind }) => kind === 'document_types');
    const bare = (request: ValidationRequest): ValidationRequest => ({
      ...request,
      files: request.files.filter(({ path }) => !path.startsWith('schemas/')),
      map: { ...request.map, active: {}, releases: {} },
    });
    const reports = await Promise.all(requests.map((request) => engine.validate(bare(request))));
    const errors = Object.fromEntries(
      reports.map(({ findings }, at) => [requests[at]?.package, findings.map(({ rule }) => rule).sort()]),
    );

    expect(errors).toEqual({
      concierge_intake: ['artifact-missing', 'pgc-context-missing'],
      epic: ['artifact-missing'],
      feature: ['artifact-missing', ...unresolved(2)],
      implementation_plan: ['artifact-missing', 'pgc-context-missing', ...unresolved(2), ...unknown(2)],
      primary_implementation_plan: ['artifact-missing', ...unresolved(4), ...unknown(1)],
      project_discovery: ['artifact-missing', ...unresolved(4)],
      technical_architecture: ['artifact-missing', 'pgc-context-missing', ...unresolved(2), ...unknown(2)],
    });
  });

  const unresolved = (count: number): string[] => Array<string>(count).fill('reference-unresolved');
  const unknown = (count: number): string[] => Array<string>(count).fill('required-input-unknown');

  function releasesAt(commit: string): ValidationRequest[] {
    const paths = git('ls-tree', '-r', '--name-only', commit).toString().trim().split('\n');
    const pointer = JSON.parse(git('show', `${commit}:_active/active_releases.json`).toString()) as Record<
      string,
      unknown
    >;
    const found = Object.entries(FOLDERS).flatMap(([kind, folder]) => directoriesIn(paths, kind, folder));
    const releases: Record<string, string[]> = {};
    for (const { id, version } of found) (releases[id] ??= []).push(version);
    const active: Record<string, { version: string; requires: string[] }> = {};
    for (const kind of Object.keys(FOLDERS))
      for (const [name, version] of Object.entries((pointer[kind] ?? {}) as Record<string, string>))
        active[kind === 'document_types' ? name : `${kind}/${name}`] = { version, requires: [] };
    const map: PlannedMap = { defaultKind: 'document_types', active, releases, committed: {} };

    return found.map(({ id, kind, version, prefix }) => ({
      package: id,
      kind,
      version,
      tree: git('rev-parse', `${commit}:${prefix}`).toString().trim(),
      files: paths
        .filter((path) => path.startsWith(`${prefix}/`))
        .map((path) => ({ path: path.slice(prefix.length + 1), bytes: git('show', `${commit}:${path}`) })),
      manifest: kind === 'document_types' ? DOCUMENT_TYPE : null,
      map,
      validatedAt: '2026-03-01T10:00:00.000Z',
    }));
  }
});

function directoriesIn(paths: readonly string[], kind: string, folder: string) {
  const prefixes = new Set(
    paths.flatMap((path) => {
      const [, prefix] = /^(.+?\/releases\/[^/]+)\//.exec(path) ?? [];
      return prefix?.startsWith(`${folder}/`) === true ? [prefix] : [];
    }),
  );
  return [...prefixes].map((prefix) => {
    const [name = '', , version = ''] = prefix.slice(folder.length + 1).split('/');
    return { id: kind === 'document_types' ? name : `${kind}/${name}`, kind, version, prefix };
  });
}
