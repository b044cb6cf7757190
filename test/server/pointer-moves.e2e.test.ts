import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { gitIsThere } from '../git/real-git';
import { furtherReleases } from './support/further-release';
import { manifest } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { further, fresh } = furtherReleases(slipway);
const judged = gitIsThere ? it : it.skip;

judged('never moves to content that cannot be read, whatever is overridden', async () => {
  await slipway.commands.activate({ project_discovery: await further('project_discovery') });
  const { rollbackPlan } = await slipway.ask(
    '{ rollbackPlan(package: "project_discovery") { changes { toVersion } } }',
  );
  const { release } = await slipway.ask(
    'query ($v: String!) { release(package: "project_discovery", version: $v) { artifact(path: "package.yaml") { blob } } }',
    { v: rollbackPlan.changes[0].toVersion },
  );
  const blob = release.artifact.blob as string;
  const file = join(slipway.dataDirectory, 'repository.git', 'objects', blob.slice(0, 2), blob.slice(2));
  expect(existsSync(file)).toBe(true);
  renameSync(file, `${file}.away`);
  await slipway.restart();
  const override = ['DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE'];
  await expect(slipway.commands.rollback({ package: 'project_discovery', override })).rejects.toMatchObject({
    code: 'CONTENT_CHANGED',
  });
  renameSync(`${file}.away`, file);
  await slipway.commands.rollback({ package: 'project_discovery' });
});

judged('records what was knowingly overridden, in the event and in the commit', async () => {
  await fresh('risks');
  await fresh('mitigations', ['risks']);
  await expect(slipway.commands.activate({ mitigations: '1.0.0' })).rejects.toMatchObject({
    code: 'DEPENDENCY_NOT_ACTIVE',
  });
  await slipway.commands.activate({ mitigations: '1.0.0', risks: '1.0.0' });
  const alone = await further('mitigations', { 'package.yaml': manifest('mitigations').replace('0.0.0', '1.0.0') });
  await slipway.commands.activate({ mitigations: alone });
  await slipway.commands.deactivate(['risks']);
  await expect(slipway.commands.rollback({ package: 'mitigations' })).rejects.toMatchObject({
    code: 'DEPENDENCY_NOT_ACTIVE',
  });
  const move = await slipway.commands.rollback({
    package: 'mitigations',
    override: ['DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE'],
  });
  expect(move.overrides).toEqual(['DEPENDENCY_NOT_ACTIVE']);
  const { event } = await slipway.ask('query ($id: ID!) { event(id: $id) { data } }', { id: move.id });
  expect(event.data.overrides).toEqual(['DEPENDENCY_NOT_ACTIVE']);
  await slipway.published();
  expect(slipway.git('log', '-1', '--format=%b', 'main')).toContain('\nOverridden: DEPENDENCY_NOT_ACTIVE\n');
  const { deactivationPlan } = await slipway.ask(
    '{ deactivationPlan(packages: ["implementation_plan"]) { ok warnings { code packageId } } }',
  );
  expect(deactivationPlan).toEqual({
    ok: true,
    warnings: [{ code: 'DEPENDENCY_NOT_ACTIVE', packageId: 'mitigations' }],
  });
  await slipway.commands.activate({ risks: '1.0.0' });
});

it('moves once for a double click', async () => {
  for (let times = 0; times < 2; times++)
    await slipway.commands.activate({ project_discovery: await further('project_discovery') });
  const { pointer } = (await slipway.ask('{ activeReleases { pointer } }')).activeReleases as {
    pointer: Record<string, string>;
  };
  const click = () =>
    slipway.commands.rollback({ package: 'project_discovery', fromVersion: pointer['project_discovery'] });
  const clicks = await Promise.allSettled([click(), click()]);
  expect(clicks.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(clicks.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'PLAN_OUTDATED' });
  const key = { idempotencyKey: 'once', package: 'project_discovery' };
  const retries = await Promise.all(Array.from({ length: 4 }, () => slipway.commands.rollback(key)));
  expect(new Set(retries.map(({ id }) => id)).size).toBe(1);
});

judged('writes one commit for each of many moves at once, in one line', async () => {
  const ids = ['project_discovery', 'primary_implementation_plan', 'technical_architecture'];
  const versions = await Promise.all(ids.map((id) => further(id)));
  await slipway.published();
  const start = Number(slipway.git('rev-list', '--first-parent', '--count', 'main'));
  const moves = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) => {
      const id = ids[n % 3]!;
      return n % 2 === 0
        ? slipway.commands.activate({ [id]: versions[n % 3]! })
        : slipway.commands.rollback({ package: id });
    }),
  );
  const done = moves.flatMap((move) => (move.status === 'fulfilled' ? [move.value] : []));
  const codes = moves.flatMap((move) => (move.status === 'rejected' ? [(move.reason as { code: string }).code] : []));
  expect(done.length).toBeGreaterThan(3);
  expect(codes.filter((code) => !['ALREADY_ACTIVE', 'NOT_PREVIOUSLY_ACTIVE'].includes(code))).toEqual([]);
  await slipway.published();
  expect(Number(slipway.git('rev-list', '--first-parent', '--count', 'main'))).toBe(start + done.length);
  const { activations } = await slipway.ask(`{ activations(first: ${done.length}) { nodes { id commit pointer } } }`);
  const nodes = activations.nodes as { id: string; commit: string; pointer: object }[];
  const commits = slipway.git('rev-list', '--no-merges', `-${done.length}`, 'main').split('\n');
  expect(nodes.map(({ commit }) => commit)).toEqual(commits);
  expect(new Set(nodes.map(({ id }) => id))).toEqual(new Set(done.map(({ id }) => id)));
  for (const { commit, pointer } of nodes)
    expect(JSON.parse(slipway.git('show', `${commit}:_active/active_releases.json`))).toEqual(pointer);
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
});
