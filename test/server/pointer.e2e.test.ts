import { type MoveView } from './support/commands';
import { furtherReleases } from './support/further-release';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { further } = furtherReleases(slipway);
const TASK = 'prompts/task.prompt.txt';
const PLAN =
  'id ok pointer affected changes { packageId fromVersion toVersion } blockers { code packageId message unblock } warnings { code packageId }';

interface Plan {
  readonly id: string;
  readonly ok: boolean;
  readonly pointer: object;
  readonly changes: MoveView['changes'];
  readonly blockers: readonly { readonly code: string; readonly packageId: string }[];
  readonly warnings: readonly { readonly code: string; readonly packageId: string }[];
}

async function planOf(question: string): Promise<Plan> {
  const data = await slipway.ask(`{ plan: ${question} { ${PLAN} } }`);
  return data.plan as Plan;
}
const releases = (set: Readonly<Record<string, string>>): string =>
  `[${Object.entries(set)
    .map(([id, version]) => `{ package: "${id}", version: "${version}" }`)
    .join(', ')}]`;
const activationPlan = (set: Readonly<Record<string, string>>): Promise<Plan> =>
  planOf(`activationPlan(releases: ${releases(set)})`);

describe('a plan', () => {
  it('of each kind says what its act then does', async () => {
    const [one, two] = [await further('project_discovery'), await further('primary_implementation_plan')];
    const acts: [string, (plan: string) => Promise<MoveView>][] = [];
    const check = async (plan: Plan, act: (plan: string) => Promise<MoveView>): Promise<MoveView> => {
      expect(plan).toMatchObject({ ok: true, blockers: [] });
      const move = await act(plan.id);
      expect(move).toMatchObject({ changes: plan.changes, pointer: plan.pointer });
      acts.push([plan.id, act]);
      return move;
    };
    const set = { project_discovery: one, primary_implementation_plan: two };
    const move = await check(await activationPlan(set), (plan) => slipway.commands.activate(set, { plan }));
    await check(await planOf(`rollbackActivationPlan(activation: "${move.id}")`), (plan) =>
      slipway.commands.rollbackActivation(move.id, { plan }),
    );
    await slipway.commands.activate({ project_discovery: one });
    await check(await planOf('rollbackPlan(package: "project_discovery")'), (plan) =>
      slipway.commands.rollback({ package: 'project_discovery', plan }),
    );
    await check(await planOf('deactivationPlan(packages: ["implementation_plan"])'), (plan) =>
      slipway.commands.deactivate(['implementation_plan'], { plan }),
    );
    await slipway.commands.activate({ implementation_plan: '1.0.0' });
    const { events } = await slipway.ask(
      '{ events(types: ["Activated", "RolledBack", "Deactivated"]) { nodes { data } } }',
    );
    const digests = (events.nodes as { data: { planDigest: string | null } }[]).map(({ data }) => data.planDigest);
    expect(digests).toEqual([acts[0]?.[0], acts[1]?.[0], null, acts[2]?.[0], acts[3]?.[0], null]);
  });

  it('is outdated by a move of its packages, not by one of others', async () => {
    const [first, second] = [await further('project_discovery'), await further('project_discovery')];
    const plan = await activationPlan({ project_discovery: second });
    const other = await activationPlan({ project_discovery: first });
    await slipway.commands.activate({ technical_architecture: await further('technical_architecture') });
    await slipway.commands.activate({ project_discovery: first }, { plan: other.id });
    await expect(slipway.commands.activate({ project_discovery: second }, { plan: plan.id })).rejects.toMatchObject({
      code: 'PLAN_OUTDATED',
    });
    expect(plan.warnings).toEqual([]);
    const again = await activationPlan({ project_discovery: second });
    expect(again.warnings).toEqual([{ code: 'NOT_BASED_ON_ACTIVE', packageId: 'project_discovery' }]);
    await slipway.commands.activate({ project_discovery: second }, { plan: again.id });
  });
});

it('refuses with everything that stands against a move, and a plan lists the same', async () => {
  const draft = await slipway.commands.start({ package: 'technical_architecture' });
  await slipway.commands.save(draft.id, [{ path: TASK, content: 'Not staged.\n' }]);
  await slipway.commands.commit({ draft: draft.id, changeType: 'MAJOR' });
  const early = await slipway.commands.ship('project_discovery', {
    files: { [TASK]: 'Early.\n' },
    input: { changeType: 'MAJOR', version: '9.0.0-rc.1' },
  });
  const set = {
    nothing: '1.0.0',
    primary_implementation_plan: '8.8.8',
    implementation_plan: '1.0.0',
    project_discovery: early.version,
    technical_architecture: '2.0.0',
  };
  const { ok, blockers } = await activationPlan(set);
  expect(ok).toBe(false);
  expect(blockers.map(({ code, packageId }) => `${code} ${packageId}`)).toEqual([
    'PACKAGE_NOT_FOUND nothing',
    'RELEASE_NOT_FOUND primary_implementation_plan',
    'ALREADY_ACTIVE implementation_plan',
    'PRERELEASE_NOT_ACTIVATABLE project_discovery',
    'RELEASE_NOT_STAGED technical_architecture',
  ]);
  const refusal = { code: 'PACKAGE_NOT_FOUND', extensions: { blockers } };
  await expect(slipway.commands.activate(set)).rejects.toMatchObject(refusal);
});

it.each<[string, string, () => Promise<unknown>]>([
  ['an unknown package', 'PACKAGE_NOT_FOUND', () => slipway.commands.rollback({ package: 'nothing' })],
  [
    'a package that nothing came before',
    'NOT_PREVIOUSLY_ACTIVE',
    () => slipway.commands.rollback({ package: 'templates/document_generator' }),
  ],
  [
    'a version that never was active',
    'NOT_PREVIOUSLY_ACTIVE',
    () => slipway.commands.rollback({ package: 'project_discovery', toVersion: '1.3.0' }),
  ],
  [
    'what is not what the caller saw',
    'PLAN_OUTDATED',
    () => slipway.commands.rollback({ package: 'project_discovery', fromVersion: '1.3.0' }),
  ],
  ['an unknown package out of production', 'PACKAGE_NOT_FOUND', () => slipway.commands.deactivate(['nothing'])],
  ['what others require', 'REQUIRED_BY_ACTIVE_RELEASE', () => slipway.commands.deactivate(['project_discovery'])],
  ['without a reason', 'REASON_REQUIRED', () => slipway.commands.deactivate(['implementation_plan'], { reason: '  ' })],
  [
    'over a refusal that cannot be lifted',
    'BAD_USER_INPUT',
    () => slipway.commands.rollback({ package: 'project_discovery', override: ['CONTENT_CHANGED'] }),
  ],
  [
    'a package twice',
    'BAD_USER_INPUT',
    () => slipway.commands.deactivate(['implementation_plan', 'implementation_plan']),
  ],
  ['nothing at all', 'BAD_USER_INPUT', () => slipway.commands.activate({})],
  ['an unknown move back', 'BAD_USER_INPUT', () => slipway.commands.rollbackActivation('nothing')],
])('refuses to move %s: %s', async (_, code, act) => {
  await expect(act()).rejects.toMatchObject({ code });
});

it('refuses to move a package that is not active', async () => {
  await slipway.commands.deactivate(['implementation_plan']);
  await expect(slipway.commands.rollback({ package: 'implementation_plan' })).rejects.toMatchObject({
    code: 'NOT_ACTIVE',
  });
  await expect(slipway.commands.deactivate(['implementation_plan'])).rejects.toMatchObject({ code: 'NOT_ACTIVE' });
  await slipway.commands.activate({ implementation_plan: '1.0.0' });
});
