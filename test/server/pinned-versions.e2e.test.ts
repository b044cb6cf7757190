import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitIsThere } from '../git/real-git';
import { type RunningSlipway } from './support/running-slipway';
import { documentType, sourceRepository } from './support/source-repository';
import { takeOver } from './support/taken-over';

const LAYOUT = `layout:
  defaultKind: document_types
  kinds:
    document_types:
      path: document_types/{id}/releases/{version}
      manifest: { file: package.yaml, id: doc_type_id, version: version }
    tasks: { path: 'prompts/tasks/{id}/releases/{version}', manifest: null }
    workflows: { path: 'workflows/{id}/releases/{version}', manifest: null }
  pointer: { path: _active/active_releases.json, form: flat }
`;
const PLAN = 'ok blockers { code } warnings { code packageId message unblock }';

const workflow = (...references: string[]) =>
  `${JSON.stringify({ nodes: references.map((reference) => ({ task_ref: reference })) }, null, 2)}\n`;
const directory = (name: string, version: string) => `workflows/${name}/releases/${version}/definition.json`;

const FILES = {
  'slipway.yaml': LAYOUT,
  ...documentType('alpha', '1.0.0'),
  'prompts/tasks/brief/releases/1.0.0/task.prompt.txt': 'Write a brief.\n',
  'prompts/tasks/brief/releases/1.1.0/task.prompt.txt': 'Write a short brief.\n',
  [directory('writing', '1.0.0')]: workflow('prompt:task:brief:1.0.0', 'prompt:task:brief:1.0.0'),
  [directory('writing', '2.0.0')]: workflow('prompt:task:brief:1.1.0'),
};
const POINTER = { alpha: '1.0.0', 'tasks/brief': '1.0.0', 'workflows/writing': '1.0.0' };

const withGit = gitIsThere ? describe : describe.skip;

withGit('a plan, of the workflows that are or would be active (needs git)', () => {
  let scratch: string;
  const opened: RunningSlipway[] = [];
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'slipway-pins-'));
  });
  afterEach(async () => {
    for (const slipway of opened.splice(0)) await slipway.close();
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  async function importing(name: string, more: Readonly<Record<string, string>> = {}, pointer: object = {}) {
    const active = `${JSON.stringify({ ...POINTER, ...pointer }, null, 2)}\n`;
    const files = { ...FILES, ...more, '_active/active_releases.json': active };
    const { slipway } = await takeOver(sourceRepository(join(scratch, name), [files]));
    opened.push(slipway);
    await slipway.commands.stage({ package: 'tasks/brief', version: '1.1.0' });
    return slipway;
  }

  it('warns of one that refers to the version that leaves, unless its next release comes along; the act passes', async () => {
    const slipway = await importing('forwards');
    await slipway.commands.stage({ package: 'workflows/writing', version: '2.0.0' });
    const staying = {
      code: 'PINNED_VERSION_NOT_ACTIVE',
      packageId: 'workflows/writing',
      message:
        'workflows/writing 1.0.0 refers to tasks/brief 1.0.0 (definition.json:4 and 1 more place), but 1.1.0 would be active.',
      unblock: 'Activate a release of workflows/writing that refers to 1.1.0 in the same move.',
    };
    const entering = {
      code: 'PINNED_VERSION_NOT_ACTIVE',
      packageId: 'workflows/writing',
      message: 'workflows/writing 2.0.0 refers to tasks/brief 1.1.0 (definition.json:4), but 1.0.0 would be active.',
      unblock:
        'Also activate tasks/brief 1.1.0, or stage a release of workflows/writing that refers to 1.0.0, and activate that instead.',
    };

    const task = { 'tasks/brief': '1.1.0' };
    const definition = { 'workflows/writing': '2.0.0' };
    expect(await activation(slipway, task)).toEqual({ ok: true, blockers: [], warnings: [staying] });
    expect(await activation(slipway, definition)).toEqual({ ok: true, blockers: [], warnings: [entering] });
    expect((await activation(slipway, { ...task, ...definition })).warnings).toEqual([]);
    expect((await slipway.commands.activate(task)).pointer).toMatchObject(task);
  });

  it('warns at a rollback and a deactivation, and not of what the move does not change', async () => {
    const slipway = await importing('backwards');
    await slipway.commands.stage({ package: 'workflows/writing', version: '2.0.0' });
    const { id } = await slipway.commands.activate({ 'tasks/brief': '1.1.0', 'workflows/writing': '2.0.0' });

    expect((await plan(slipway, 'rollbackPlan(package: "tasks/brief")')).warnings).toMatchObject([
      {
        message: 'workflows/writing 2.0.0 refers to tasks/brief 1.1.0 (definition.json:4), but 1.0.0 would be active.',
        unblock: 'Activate a release of workflows/writing that refers to 1.0.0 afterwards.',
      },
    ]);
    expect((await plan(slipway, 'rollbackPlan(package: "workflows/writing")')).warnings).toMatchObject([
      { message: expect.stringContaining('workflows/writing 1.0.0 refers to tasks/brief 1.0.0') as string },
    ]);
    expect((await plan(slipway, `rollbackActivationPlan(activation: "${id}")`)).warnings).toEqual([]);
    expect(await plan(slipway, 'deactivationPlan(packages: ["tasks/brief"])')).toMatchObject({
      ok: true,
      warnings: [
        {
          code: 'PINNED_VERSION_NOT_ACTIVE',
          message:
            'workflows/writing 2.0.0 refers to tasks/brief 1.1.0 (definition.json:4), but no release of it would be active.',
          unblock:
            'First activate a release of workflows/writing that does not refer to tasks/brief, or deactivate workflows/writing.',
        },
      ],
    });
    expect((await plan(slipway, 'deactivationPlan(packages: ["tasks/brief", "workflows/writing"])')).warnings).toEqual(
      [],
    );

    await slipway.commands.rollback({ package: 'tasks/brief' });
    expect((await plan(slipway, 'deactivationPlan(packages: ["alpha"])')).warnings).toEqual([]);
  });

  it('is made all the same where the content of active workflows is hostile', async () => {
    const hostile = {
      [directory('bomb', '1.0.0')]: '['.repeat(100_000),
      [directory('many', '1.0.0')]: workflow(
        ...Array.from({ length: 1_500 }, (_, at) => `prompt:task:brief:1.0.${at}`),
      ),
    };
    const slipway = await importing('hostile', hostile, { 'workflows/bomb': '1.0.0', 'workflows/many': '1.0.0' });

    expect(await activation(slipway, { 'tasks/brief': '1.1.0' })).toMatchObject({
      ok: true,
      warnings: [
        { code: 'PINNED_VERSION_NOT_ACTIVE', packageId: 'workflows/writing' },
        {
          code: 'PINNED_VERSIONS_UNKNOWN',
          packageId: 'workflows/many',
          message:
            'The references of workflows/many 1.0.0 could not be read, so they are not compared with the map after this move.',
        },
      ],
    });
    expect((await slipway.commands.activate({ 'tasks/brief': '1.1.0' })).pointer['tasks/brief']).toBe('1.1.0');
  });
});

interface Plan {
  readonly ok: boolean;
  readonly blockers: readonly unknown[];
  readonly warnings: readonly unknown[];
}

async function plan(slipway: RunningSlipway, field: string): Promise<Plan> {
  const data = await slipway.ask(`{ plan: ${field} { ${PLAN} } }`);
  return data.plan as Plan;
}

function activation(slipway: RunningSlipway, releases: Readonly<Record<string, string>>): Promise<Plan> {
  const inputs = Object.entries(releases).map(([id, version]) => `{ package: "${id}", version: "${version}" }`);
  return plan(slipway, `activationPlan(releases: [${inputs.join(', ')}])`);
}
