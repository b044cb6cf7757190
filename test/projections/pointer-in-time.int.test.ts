import { OutOfHistory, PositionUnknown } from '../../src/domain';
import { nodesOf, walk } from './nodes-of';
import { ADA, commitOf, TOM, withLog } from './given-log';

describe('the pointer through time', () => {
  it(
    'is what it was after the last move at or before a moment, or a position',
    withLog(async (log) => {
      const adoption = await log.pointerAdopted(['intake@1.0.0', 'project_discovery@1.0.0']);
      const activation = await log.by(ADA).activated('project_discovery@1.1.0');
      const between = await log.committed('project_discovery@1.2.0');
      await log.deactivated('intake');
      const rollback = await log.by(TOM).rolledBack('project_discovery@1.0.0');
      const { readModel } = await log.projections();

      expect(readModel.activeAt(adoption.at).pointer).toEqual({ intake: '1.0.0', project_discovery: '1.0.0' });
      const then = readModel.activeAt(between.at);
      expect(then).toMatchObject({ revision: 1, position: activation.position, commit: null });
      expect(then.entries).toEqual([
        {
          package: 'intake',
          version: '1.0.0',
          previousVersion: null,
          activation: adoption.id,
          activatedBy: TOM,
          activatedAt: adoption.at,
          reason: `Adopted from ${commitOf('adopted')}`,
          position: adoption.position,
        },
        {
          package: 'project_discovery',
          version: '1.1.0',
          previousVersion: '1.0.0',
          activation: activation.id,
          activatedBy: ADA,
          activatedAt: activation.at,
          reason: 'Activated for a reason',
          position: activation.position,
        },
      ]);
      expect(readModel.activeAtPosition(between.position)).toEqual(then);
      expect(readModel.activeNow()).toMatchObject({
        revision: 3,
        position: rollback.position,
        pointer: { project_discovery: '1.0.0' },
        entries: [{ package: 'project_discovery', previousVersion: '1.1.0', activation: rollback.id }],
      });
      expect(readModel.pointersAt([3, 0, 2])).toEqual([
        { project_discovery: '1.0.0' },
        { intake: '1.0.0', project_discovery: '1.0.0' },
        { project_discovery: '1.1.0' },
      ]);
    }),
  );

  it(
    'is refused before the first event, with the earliest moment',
    withLog(async (log) => {
      const { readModel } = await log.projections();
      expect(readModel.activeNow()).toBeNull();
      expect(() => readModel.activeAt('2026-01-01T00:00:00.000Z')).toThrow(OutOfHistory);

      const first = await log.committed('project_discovery@1.0.0');
      await log.projections();
      expect(refusalOf(() => readModel.activeAt('2026-01-01T00:00:00.000Z'))).toMatchObject({
        code: 'OUT_OF_HISTORY',
        data: { earliest: first.at },
      });
      expect(readModel.activeNow()).toEqual({
        position: first.position,
        revision: -1,
        commit: null,
        pointer: {},
        entries: [],
      });
    }),
  );

  it(
    'is refused for a position of another log, or ahead of this one',
    withLog(async (log) => {
      const { position } = await log.activated('project_discovery@1.0.0');
      const { readModel } = await log.projections();
      for (const unknown of [`other-${position.split('-')[1]!}`, `${position.slice(0, -1)}9`, 'nonsense']) {
        expect(() => readModel.activeAtPosition(unknown)).toThrow(PositionUnknown);
        expect(() => readModel.events({ after: unknown }, {}, 10)).toThrow(PositionUnknown);
      }
    }),
  );

  it(
    'shows a later move when an adopted one that follows it claims an earlier time',
    withLog(async (log) => {
      const activation = await log.activated('project_discovery@1.0.0');
      const origin = { name: 'Grace', email: 'grace@example.org', at: '2025-01-01T00:00:00.000Z', subject: 'By hand' };
      await log.pointerAdopted(['intake@1.0.0'], origin);
      const { readModel } = await log.projections();
      expect(readModel.activeAt('2025-06-01T00:00:00.000Z').pointer).toEqual({});
      expect(readModel.activeAt(activation.at).pointer).toEqual({ intake: '1.0.0', project_discovery: '1.0.0' });
    }),
  );

  it(
    'takes an adoption in several events, with 1,000 changes each',
    withLog(async (log) => {
      const releases = Array.from({ length: 1_500 }, (_, n) => `package_${String(n).padStart(4, '0')}@1.0.0`);
      await log.pointerAdopted(releases.slice(0, 1_000));
      await log.pointerAdopted(releases.slice(1_000));
      await log.adopted();
      const { readModel } = await log.projections();
      expect(readModel.activeNow()?.entries).toHaveLength(1_500);
      expect(Object.keys(readModel.pointersAt([0])[0]!)).toHaveLength(1_000);
    }),
  );
});

describe('activations', () => {
  it(
    'are listed newest first, a set as one, and filtered by package, actor and time',
    withLog(async (log) => {
      const first = await log.activated('intake@1.0.0', 'project_discovery@1.0.0');
      const second = await log.by(ADA).activated('project_discovery@1.1.0');
      const third = await log.by(TOM).deactivated('intake');
      const { readModel } = await log.projections();
      const ids = (filter: Parameters<typeof readModel.activations>[0]): string[] =>
        nodesOf(readModel.activations(filter, { first: 10 })).map(({ id }) => id);

      expect(ids({})).toEqual([third.id, second.id, first.id]);
      expect(ids({ package: 'intake' })).toEqual([third.id, first.id]);
      expect(ids({ actor: ADA.id })).toEqual([second.id]);
      expect(ids({ from: second.at, to: second.at })).toEqual([second.id]);
      expect(
        walk((after) => readModel.activations({}, { first: 2, after }), 2).map(({ revision }) => revision),
      ).toEqual([2, 1, 0]);
      expect(readModel.activationsById([first.id, 'unknown'])).toMatchObject([
        {
          position: first.position,
          action: 'ACTIVATED',
          at: first.at,
          actor: TOM,
          reason: 'Activated for a reason',
          overrides: [],
          changes: [
            { package: 'intake', fromVersion: null, toVersion: '1.0.0' },
            { package: 'project_discovery', fromVersion: null, toVersion: '1.0.0' },
          ],
          commit: null,
        },
        null,
      ]);
    }),
  );

  it(
    'of a release are the moves that put it into production',
    withLog(async (log) => {
      const first = await log.activated('project_discovery@1.0.0');
      await log.activated('project_discovery@1.1.0');
      const back = await log.rolledBack('project_discovery@1.0.0');
      const { readModel } = await log.projections();
      const page = readModel.activationsOfRelease({ package: 'project_discovery', version: '1.0.0' }, { first: 10 });
      expect(nodesOf(page).map(({ id }) => id)).toEqual([back.id, first.id]);
    }),
  );

  it(
    'carry their commit once it is published',
    withLog(async (log) => {
      const move = await log.activated('project_discovery@1.0.0');
      const { readModel, publications } = await log.projections();
      publications.record(move.id, commitOf('pointer'));
      publications.record(move.id, commitOf('pointer'));
      expect(publications.count()).toBe(1);
      expect(publications.commitsOf(['unknown', move.id])).toEqual([null, commitOf('pointer')]);
      expect(readModel.activationsById([move.id])[0]?.commit).toBe(commitOf('pointer'));
      expect(readModel.activeNow()?.commit).toBe(commitOf('pointer'));
      expect(nodesOf(readModel.auditLog({}, { first: 1 }))[0]?.commit).toBe(commitOf('pointer'));
      publications.clear();
      expect(readModel.activeNow()?.commit).toBeNull();
    }),
  );
});

function refusalOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was refused.');
}
