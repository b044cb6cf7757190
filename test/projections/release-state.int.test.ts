import { type Origin } from '../../src/domain';
import { type ReleaseRow, type ReleaseState } from '../../src/projections';
import { nodesOf } from './nodes-of';
import { ADA, commitOf, TOM, treeOf, withLog, type GivenLog } from './given-log';

const ORIGIN: Origin = {
  name: 'Grace Hopper',
  email: 'grace@example.org',
  at: '2025-06-01T08:00:00.000Z',
  subject: 'Ship it',
};

describe('the state of a release', () => {
  it(
    'is COMMITTED with everything the commit said',
    withLog(async (log) => {
      await log.adopted();
      const event = await log.by(ADA).committed('project_discovery@1.1.0', { base: '1.0.0', requires: ['intake'] });
      expect(await release(log, '1.1.0')).toEqual({
        id: 'project_discovery@1.1.0',
        package: 'project_discovery',
        version: '1.1.0',
        state: 'COMMITTED',
        adopted: false,
        changeType: 'minor',
        baseVersion: '1.0.0',
        message: 'Say project_discovery@1.1.0',
        commit: commitOf('project_discovery@1.1.0'),
        tree: treeOf('project_discovery@1.1.0'),
        displayName: null,
        requires: ['intake'],
        draft: 'first',
        branch: 'draft/first',
        committedBy: ADA,
        committedAt: event.at,
        stagedBy: null,
        stagedAt: null,
        reportId: null,
        retiredBy: null,
        tag: null,
        changedAt: event.position,
      } satisfies ReleaseRow);
    }),
  );

  it(
    'keeps one row when a version is committed again, without the report on the content before',
    withLog(async (log) => {
      await log.committed('project_discovery@1.0.0');
      const failed = await log.validationFailed('project_discovery@1.0.0');
      const { readModel } = await log.projections();
      expect((await release(log, '1.0.0')).reportId).toBe(failed.id);
      expect(readModel.releases({ valid: false }, { first: 10 }).totalCount()).toBe(1);

      await log.committed('project_discovery@1.0.0', { content: 'the mended one' });
      const row = await release(log, '1.0.0');
      expect(row).toMatchObject({ state: 'COMMITTED', commit: commitOf('the mended one'), reportId: null });
      const reports = readModel.reportsOfRelease(row, { first: 10 });
      expect(nodesOf(reports)).toMatchObject([
        { id: failed.id, valid: false, commit: commitOf('project_discovery@1.0.0') },
      ]);
      expect(reports.totalCount()).toBe(1);
    }),
  );

  it(
    'is STAGED by whoever staged it, then RELEASED, then SUPERSEDED by the move that took it out',
    withLog(async (log) => {
      await log.ready('project_discovery@1.0.0');
      await log.committed('project_discovery@1.1.0');
      const staged = await log.by(ADA).staged('project_discovery@1.1.0');
      expect(await release(log, '1.1.0')).toMatchObject({
        state: 'STAGED',
        stagedBy: ADA,
        stagedAt: staged.at,
        committedBy: TOM,
        reportId: staged.id,
      });
      await log.activated('project_discovery@1.0.0');
      expect(await states(log)).toEqual({ '1.0.0': 'RELEASED', '1.1.0': 'STAGED' });
      const move = await log.activated('project_discovery@1.1.0');
      expect(await states(log)).toEqual({ '1.0.0': 'SUPERSEDED', '1.1.0': 'RELEASED' });
      expect((await release(log, '1.0.0')).retiredBy).toBe(move.id);
    }),
  );

  it(
    'tells rolled back from superseded by the move that retired it',
    withLog(async (log) => {
      await log.ready('project_discovery@1.0.0', 'project_discovery@1.1.0');
      await log.activated('project_discovery@1.0.0');
      await log.activated('project_discovery@1.1.0');
      const rollback = await log.rolledBack('project_discovery@1.0.0', ['REQUIRED_BY_ACTIVE_RELEASE']);
      expect(await states(log)).toEqual({ '1.0.0': 'RELEASED', '1.1.0': 'SUPERSEDED' });
      expect((await release(log, '1.0.0')).retiredBy).toBeNull();

      const { readModel } = await log.projections();
      const { retiredBy } = await release(log, '1.1.0');
      expect(readModel.activationsById([retiredBy!])).toMatchObject([
        { id: rollback.id, action: 'ROLLED_BACK', overrides: ['REQUIRED_BY_ACTIVE_RELEASE'] },
      ]);
    }),
  );

  it(
    'is SUPERSEDED after a deactivation and RELEASED when activated again',
    withLog(async (log) => {
      await log.ready('project_discovery@1.0.0');
      await log.activated('project_discovery@1.0.0');
      await log.deactivated('project_discovery');
      expect(await states(log)).toEqual({ '1.0.0': 'SUPERSEDED' });
      await log.activated('project_discovery@1.0.0');
      expect(await states(log)).toEqual({ '1.0.0': 'RELEASED' });
    }),
  );

  it(
    'is RELEASED for an adopted release in the map and COMMITTED for one beside it, which can be staged',
    withLog(async (log) => {
      await log.releaseAdopted('project_discovery@1.0.0');
      await log.releaseAdopted('project_discovery@1.1.0');
      await log.pointerAdopted(['project_discovery@1.1.0']);
      await log.adopted();
      expect(await states(log)).toEqual({ '1.0.0': 'COMMITTED', '1.1.0': 'RELEASED' });
      expect(await release(log, '1.0.0')).toMatchObject({
        adopted: true,
        draft: null,
        branch: null,
        message: `Adopted from ${commitOf('adopted')}`,
        committedBy: TOM,
      });
      await log.staged('project_discovery@1.0.0');
      expect(await release(log, '1.0.0')).toMatchObject({ state: 'STAGED', adopted: true });
    }),
  );

  it(
    'is RELEASED for a release that is adopted after the pointer that names it',
    withLog(async (log) => {
      await log.pointerAdopted(['project_discovery@1.0.0']);
      const { readModel } = await log.projections();
      expect(readModel.activeReleaseOf(['project_discovery'])).toEqual([null]);
      expect(readModel.packagesById(['project_discovery'])).toMatchObject([{ activeVersion: '1.0.0' }]);
      await log.releaseAdopted('project_discovery@1.0.0');
      expect(await states(log)).toEqual({ '1.0.0': 'RELEASED' });
    }),
  );

  it(
    'shows the author and the time of an adopted history',
    withLog(async (log) => {
      await log.releaseAdopted('project_discovery@1.0.0', { origin: ORIGIN });
      const move = await log.pointerAdopted(['project_discovery@1.0.0'], { ...ORIGIN, at: '2025-06-02T08:00:00.000Z' });
      const grace = { id: 'grace@example.org', name: 'Grace Hopper' };
      expect(await release(log, '1.0.0')).toMatchObject({
        committedBy: grace,
        committedAt: ORIGIN.at,
        message: 'Ship it',
      });
      const { readModel } = await log.projections();
      expect(readModel.activationsById([move.id])).toMatchObject([
        {
          action: 'ADOPTED',
          at: '2025-06-02T08:00:00.000Z',
          actor: grace,
          reason: 'Ship it',
          commit: commitOf('adopted'),
        },
      ]);
      expect(readModel.activeAt('2025-06-02T08:00:00.000Z').pointer).toEqual({ project_discovery: '1.0.0' });
      expect(readModel.activeAt('2025-06-02T07:59:59.999Z').pointer).toEqual({});
      expect(readModel.earliestMoment()).toBe(ORIGIN.at);
      expect(readModel.auditLog({ actor: grace.id }, { first: 10 }).totalCount()).toBe(2);
    }),
  );

  it(
    'carries its tag',
    withLog(async (log) => {
      await log.ready('project_discovery@1.0.0');
      await log.tagged('project_discovery@1.0.0');
      expect((await release(log, '1.0.0')).tag).toBe('project_discovery/v1.0.0');
    }),
  );
});

describe('a package', () => {
  it(
    'has the kind that the layout gives it, which adoption says last',
    withLog(async (log) => {
      await log.releaseAdopted('project_discovery@1.0.0');
      await log.releaseAdopted('roles/architect@1.0.0');
      await log.adopted('reports');
      await log.committed('intake@1.0.0');
      const { readModel } = await log.projections();
      expect(nodesOf(readModel.packages({}, { first: 10 }))).toMatchObject([
        { id: 'intake', kind: 'reports', name: 'intake' },
        { id: 'project_discovery', kind: 'reports', name: 'project_discovery' },
        { id: 'roles/architect', kind: 'roles', name: 'architect' },
      ]);
      expect(readModel.packages({ kind: 'roles' }, { first: 10 }).totalCount()).toBe(1);
    }),
  );

  it(
    'is called as its active release says, else as its highest',
    withLog(async (log) => {
      const { readModel } = await log.projections();
      const name = async (): Promise<unknown> => {
        await log.projections();
        return readModel.packagesById(['project_discovery'])[0]?.displayName;
      };
      await log.committed('project_discovery@1.9.0', { displayName: 'Discovery' });
      await log.committed('project_discovery@1.10.0', { displayName: 'Project Discovery' });
      expect(await name()).toBe('Project Discovery');
      await log.activated('project_discovery@1.9.0');
      expect(await name()).toBe('Discovery');
    }),
  );

  it(
    'is found by a part of its id or display name, whatever the case, and by nothing else',
    withLog(async (log) => {
      await log.committed('project_discovery@1.0.0', { displayName: 'Project 100% Discovery' });
      await log.committed('intake@1.0.0');
      const { readModel } = await log.projections();
      const found = (search: string): string[] =>
        nodesOf(readModel.packages({ search }, { first: 10 })).map(({ id }) => id);
      expect(found('DISCOVERY')).toEqual(['project_discovery']);
      expect(found('100%')).toEqual(['project_discovery']);
      expect(found('%')).toEqual(['project_discovery']);
      expect(found('t_d')).toEqual(['project_discovery']);
      expect(found('i_take')).toEqual([]);
    }),
  );

  it(
    'knows what its active release requires and who requires it',
    withLog(async (log) => {
      await log.activated('implementation_plan@1.0.0', 'technical_architecture@1.0.0');
      const { readModel } = await log.projections();
      const ids = ['technical_architecture', 'project_discovery', 'implementation_plan', 'unknown'];
      expect(readModel.requiredInputs(ids)).toEqual([
        ['implementation_plan', 'project_discovery'],
        [],
        ['project_discovery'],
        [],
      ]);
      expect(readModel.dependants(ids)).toEqual([
        [],
        ['implementation_plan', 'technical_architecture'],
        ['technical_architecture'],
        [],
      ]);
      await log.deactivated('technical_architecture');
      await log.projections();
      expect(readModel.dependants(['project_discovery'])).toEqual([['implementation_plan']]);
    }),
  );
});

async function release(log: GivenLog, version: string): Promise<ReleaseRow> {
  const { readModel } = await log.projections();
  const [row] = readModel.releasesByKey([{ package: 'project_discovery', version }]);
  if (row === null || row === undefined) throw new Error(`There is no release ${version}.`);
  return row;
}

async function states(log: GivenLog): Promise<Record<string, ReleaseState>> {
  const { readModel } = await log.projections();
  const nodes = nodesOf(readModel.releasesOfPackage('project_discovery', {}, { first: 10 }));
  return Object.fromEntries(nodes.map(({ version, state }) => [version, state]));
}
