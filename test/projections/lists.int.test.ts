import { BadUserInput } from '../../src/domain';
import { nodesOf, walk } from './nodes-of';
import { ADA, commitOf, TOM, withLog } from './given-log';

describe('the board', () => {
  it(
    'shows the newest change first and filters by state, package, kind and validity',
    withLog(async (log) => {
      await log.adopted();
      await log.ready('intake@1.0.0', 'project_discovery@1.0.0');
      await log.committed('roles/architect@1.0.0');
      await log.committed('project_discovery@1.1.0');
      await log.validationFailed('project_discovery@1.1.0');
      await log.activated('intake@1.0.0');
      const { readModel } = await log.projections();
      const ids = (filter: Parameters<typeof readModel.releases>[0]): string[] =>
        nodesOf(readModel.releases(filter, { first: 10 })).map(({ id }) => id);

      const all = ['intake@1.0.0', 'project_discovery@1.1.0', 'roles/architect@1.0.0', 'project_discovery@1.0.0'];
      expect(ids({})).toEqual(all);
      expect(ids({ states: ['STAGED', 'RELEASED'] })).toEqual(['intake@1.0.0', 'project_discovery@1.0.0']);
      expect(ids({ states: [] })).toEqual([]);
      expect(ids({ package: 'project_discovery' })).toEqual(['project_discovery@1.1.0', 'project_discovery@1.0.0']);
      expect(ids({ kind: 'roles' })).toEqual(['roles/architect@1.0.0']);
      expect(ids({ valid: false })).toEqual(['project_discovery@1.1.0']);
      expect(ids({ valid: true })).toEqual(['intake@1.0.0', 'project_discovery@1.0.0']);
      expect(walk((after) => readModel.releases({}, { first: 1, after }), 1).map(({ id }) => id)).toEqual(all);
    }),
  );

  it(
    'gives each release of one set its own place',
    withLog(async (log) => {
      await log.ready('a@1.0.0', 'b@1.0.0', 'c@1.0.0');
      await log.activated('a@1.0.0', 'b@1.0.0', 'c@1.0.0');
      const { readModel } = await log.projections();
      const rows = walk((after) => readModel.releases({}, { first: 2, after }), 2);
      expect(rows.map((row) => row.package).sort()).toEqual(['a', 'b', 'c']);
    }),
  );
});

describe('the releases of a package', () => {
  it(
    'come highest version first, page by page',
    withLog(async (log) => {
      const versions = ['1.9.0', '1.10.0', '1.9.0-rc.10', '1.9.0-rc.2'];
      for (const version of versions) await log.committed(`project_discovery@${version}`);
      await log.committed('project_discovery_two@9.0.0');
      const { readModel } = await log.projections();
      const read = (first: number) => (after: string | null) =>
        readModel.releasesOfPackage('project_discovery', {}, { first, after });
      const ordered = ['1.10.0', '1.9.0', '1.9.0-rc.10', '1.9.0-rc.2'];
      expect(walk(read(3), 3).map(({ version }) => version)).toEqual(ordered);
      expect(read(2)(null)).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      expect(read(2)(null).totalCount()).toBe(4);
    }),
  );

  it(
    'are found by their draft',
    withLog(async (log) => {
      await log.committed('project_discovery@1.0.0', { draft: 'calm' });
      await log.committed('project_discovery@1.1.0', { draft: 'calm' });
      await log.committed('intake@1.0.0', { draft: 'bold' });
      const { readModel } = await log.projections();
      const found = readModel.releasesOfDraft(['bold', 'unknown', 'calm']);
      expect(found.map((rows) => rows.map(({ id }) => id))).toEqual([
        ['intake@1.0.0'],
        [],
        ['project_discovery@1.1.0', 'project_discovery@1.0.0'],
      ]);
    }),
  );
});

describe('a cursor', () => {
  it(
    'that is none, or one of another list, is refused by the name of its field',
    withLog(async (log) => {
      await log.activated('project_discovery@1.0.0');
      const { readModel } = await log.projections();
      const foreign = readModel.activations({}, { first: 1 }).edges[0]!.cursor;
      for (const after of ['', 'nonsense', Buffer.from('{}').toString('base64url'), foreign]) {
        expect(() => readModel.packages({}, { first: 1, after })).toThrow(BadUserInput);
      }
    }),
  );

  it(
    'keeps its place when rows come before it',
    withLog(async (log) => {
      await log.activated('project_discovery@1.0.0');
      await log.activated('project_discovery@1.1.0');
      const { readModel } = await log.projections();
      const { cursor } = readModel.activations({}, { first: 1 }).edges[0]!;
      await log.activated('project_discovery@1.2.0');
      await log.projections();
      expect(nodesOf(readModel.activations({}, { first: 10, after: cursor })).map(({ revision }) => revision)).toEqual([
        0,
      ]);
    }),
  );
});

describe('the audit log', () => {
  it(
    'has one row for each event and package, newest first, with what each kind of event has to say',
    withLog(async (log) => {
      const adopted = await log.adopted();
      const committed = await log.committed('project_discovery@1.1.0', { base: '1.0.0' });
      const failed = await log.validationFailed('project_discovery@1.1.0');
      const staged = await log.by(ADA).staged('project_discovery@1.1.0');
      const set = await log.activated('intake@1.0.0', 'project_discovery@1.1.0');
      const tag = await log.tagged('project_discovery@1.1.0');
      const { readModel } = await log.projections();

      const commit = commitOf('project_discovery@1.1.0');
      const rows = walk((after) => readModel.auditLog({}, { first: 3, after }), 3);
      expect(rows).toMatchObject([
        { action: 'TAGGED', event: tag.id, version: '1.1.0', message: 'Tag project_discovery@1.1.0', activation: null },
        { action: 'ACTIVATED', event: set.id, package: 'project_discovery', activation: set.id, previousVersion: null },
        { action: 'ACTIVATED', event: set.id, package: 'intake', reason: 'Activated for a reason', commit: null },
        { action: 'STAGED', event: staged.id, actor: ADA, validation: staged.id, commit: null },
        { action: 'VALIDATION_FAILED', event: failed.id, actor: TOM, validation: failed.id },
        { action: 'COMMITTED', event: committed.id, at: committed.at, previousVersion: '1.0.0', commit, reason: null },
        { action: 'ADOPTED', event: adopted.id, package: null, message: `Adopted from ${commitOf('adopted')}` },
      ]);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);

      const count = (filter: Parameters<typeof readModel.auditLog>[0]): number =>
        readModel.auditLog(filter, { first: 1 }).totalCount();
      expect(count({})).toBe(7);
      expect(count({ package: 'project_discovery' })).toBe(5);
      expect(count({ actor: ADA.id })).toBe(4);
      expect(count({ actions: ['STAGED', 'TAGGED'] })).toBe(2);
      expect(count({ from: failed.at, to: staged.at })).toBe(2);
    }),
  );
});

describe('the events', () => {
  it(
    'are listed oldest first, after a position and up to another, by type, package and actor',
    withLog(async (log) => {
      const one = await log.committed('project_discovery@1.0.0');
      const two = await log.by(ADA).staged('project_discovery@1.0.0');
      const three = await log.committed('intake@1.0.0');
      const four = await log.activated('intake@1.0.0', 'project_discovery@1.0.0');
      const { readModel } = await log.projections();
      const ids = (...query: Partial<Parameters<typeof readModel.events>>): string[] =>
        nodesOf(readModel.events(query[0] ?? {}, query[1] ?? {}, 10)).map(({ id }) => id);

      expect(ids()).toEqual([one.id, two.id, three.id, four.id]);
      expect(ids({ after: one.position, until: three.position })).toEqual([two.id, three.id]);
      expect(ids({}, { types: ['Committed'] })).toEqual([one.id, three.id]);
      expect(ids({}, { package: 'project_discovery' })).toEqual([one.id, two.id, four.id]);
      expect(ids({}, { actor: ADA.id, package: 'intake' })).toEqual([three.id, four.id]);
      const pages = walk((after) => readModel.events({ after }, {}, 3), 3);
      expect(pages.map(({ position }) => position)).toEqual([
        one.position,
        two.position,
        three.position,
        four.position,
      ]);
    }),
  );

  it(
    'are loaded from the event store in the order they are asked for',
    withLog(async (log) => {
      const one = await log.committed('project_discovery@1.0.0');
      const two = await log.staged('project_discovery@1.0.0');
      const three = await log.activated('project_discovery@1.0.0');
      const { readModel } = await log.projections();
      const loaded = await readModel.loadEvents([three.id, 'unknown', two.id, one.id, two.id]);
      expect(loaded.map((event) => event?.type)).toEqual(['Activated', undefined, 'Staged', 'Committed', 'Staged']);
      expect(loaded[0]).toMatchObject({ position: three.position, metadata: { eventId: three.id } });
      expect(readModel.eventsById([two.id])).toMatchObject([{ stream: 'package-project_discovery', revision: 1 }]);
    }),
  );
});
