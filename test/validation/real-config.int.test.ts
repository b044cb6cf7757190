import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finding } from '../../src/domain';
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

/** Workflows that refer to tasks, a schema and a context that were never released, or not in that version. */
const REFERENCES_TO_NOTHING = [
  'implementation_plan 1.0.0 at definition.json:28 /nodes/0/includes/TASK_PROMPT',
  'implementation_plan 1.0.0 at definition.json:68 /nodes/2/includes/TASK_PROMPT',
  'project_discovery 1.8.0 at definition.json:29 /nodes/0/internals/question_generation/includes/PGC_CONTEXT',
  'project_discovery 1.8.0 at definition.json:39 /nodes/0/internals/clarification_merge/output_schema_ref',
  'project_discovery 1.8.0 at definition.json:54 /nodes/1/includes/TASK_PROMPT',
  'project_discovery 1.8.0 at definition.json:82 /nodes/3/includes/TASK_PROMPT',
  'technical_architecture 2.0.0 at definition.json:83 /nodes/2/internals/evaluate/task_ref',
].map((place) => `reference-unresolved in workflows/${place}`);

/** Workflows, superseded but for one, that still use titles, file names and a document type by its former name. */
const OLD_NAMES = [
  ...[
    'project_discovery 1.8.0 at definition.json:67 /nodes/2/task_ref',
    'software_product_development 1.0.0 at definition.json:97 /steps/0/role',
    'software_product_development 1.0.0 at definition.json:98 /steps/0/task_prompt',
    'software_product_development 1.0.0 at definition.json:105 /steps/1/role',
    'software_product_development 1.0.0 at definition.json:106 /steps/1/task_prompt',
    'software_product_development 1.0.0 at definition.json:118 /steps/2/role',
    'software_product_development 1.0.0 at definition.json:119 /steps/2/task_prompt',
    'software_product_development 1.0.0 at definition.json:135 /steps/3/role',
    'software_product_development 1.0.0 at definition.json:136 /steps/3/task_prompt',
    'software_product_development 1.0.0 at definition.json:162 /steps/4/steps/0/role',
    'software_product_development 1.0.0 at definition.json:163 /steps/4/steps/0/task_prompt',
    'technical_architecture 1.0.0 at definition.json:23 /nodes/0/includes/PGC_CONTEXT',
    'technical_architecture 1.0.0 at definition.json:24 /nodes/0/includes/OUTPUT_SCHEMA',
    'technical_architecture 1.0.0 at definition.json:53 /nodes/2/task_ref',
    'technical_architecture 1.0.0 at definition.json:65 /nodes/3/task_ref',
    'technical_architecture 1.0.0 at definition.json:67 /nodes/3/includes/ROLE_PROMPT',
    'technical_architecture 1.0.0 at definition.json:68 /nodes/3/includes/TASK_PROMPT',
    'technical_architecture 1.0.0 at definition.json:69 /nodes/3/includes/OUTPUT_SCHEMA',
  ].map((place) => `name-of-old-convention in workflows/${place}`),
  ...[
    'software_product_development 1.0.0 at definition.json:32 /document_types/implementation_plan_primary',
    'software_product_development 1.0.0 at definition.json:107 /steps/1/produces',
    'software_product_development 1.0.0 at definition.json:128 /steps/2/inputs/1/doc_type',
    'software_product_development 1.0.0 at definition.json:142 /steps/3/inputs/0/doc_type',
  ].map((place) => `document-type-misnamed in workflows/${place}`),
];

/** Generated documents that describe or prescribe, and ask nobody first. */
const WITHOUT_CONTEXT = [
  'pgc-context-missing in concierge_intake 1.0.0 at package.yaml:35 /artifacts/pgc_context',
  'pgc-context-missing in implementation_plan 1.0.0 at package.yaml:36 /artifacts/pgc_context',
];

/** Prompts that begin with a byte order mark. */
const MARKED = [
  'concierge_intake 1.0.0 at prompts/reflection.prompt.txt',
  ...[
    'concierge_intent_reflection',
    'epic_architecture',
    'intake_document_generation',
    'story_backlog',
    'story_implementation',
    'strategy_architecture_v1',
    'strategy_discovery_v1',
    'strategy_requirements_v1',
    'strategy_review_v1',
  ].map((task) => `tasks/${task} 1.0.0 at task.prompt.txt`),
].map((place) => `byte-order-mark in ${place}:1 null`);

/** A prompt that was read as another encoding before it was saved. */
const MISREAD = ['text-misdecoded in tasks/project_discovery_questions 1.0.0 at task.prompt.txt:1 null'];

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

  it('has the faults that reading it shows, and no others', async () => {
    const requests = releasesAt('main');
    const reports = await Promise.all(requests.map((request) => engine.validate(request)));
    const found = reports.flatMap(({ findings }, at) =>
      // What its prompts say of their schemas is held to in a test of its own.
      findings.filter(isNotOfPrompts).map(({ rule, path, line, pointer }) => {
        const { package: id, version } = requests[at] ?? { package: '', version: null };
        return `${rule} in ${id} ${String(version)} at ${String(path)}:${String(line)} ${String(pointer)}`;
      }),
    );

    expect(requests.filter(({ kind }) => kind === 'document_types')).toHaveLength(7);
    expect(requests.length).toBeGreaterThan(70);
    expect(found.sort()).toEqual(
      [...REFERENCES_TO_NOTHING, ...OLD_NAMES, ...WITHOUT_CONTEXT, ...MARKED, ...MISREAD].sort(),
    );
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
      reports.map(({ findings }, at) => [
        requests[at]?.package,
        findings
          .filter(isNotOfPrompts)
          .map(({ rule }) => rule)
          .sort(),
      ]),
    );

    expect(errors).toEqual({
      concierge_intake: ['artifact-missing', 'byte-order-mark', 'pgc-context-missing'],
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
      policy: null,
      validatedAt: '2026-03-01T10:00:00.000Z',
    }));
  }
});

function isNotOfPrompts({ check }: Finding): boolean {
  return check !== 'PROMPT_SCHEMA_ALIGNMENT';
}

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
