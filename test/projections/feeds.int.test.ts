import { PositionUnknown } from '../../src/domain';
import { commitOf, withLog } from './given-log';

describe('a feed', () => {
  it(
    'of activations tells what follows, a set whole and in order, then goes on with what is new',
    withLog(async (log) => {
      const before = await log.activated('project_discovery@1.0.0');
      const { feeds } = await log.projections();
      const all = following(feeds.activations({ after: before.position }, stop.signal));
      const fresh = following(feeds.activations({}, stop.signal));
      const one = await log.activated('intake@1.0.0', 'project_discovery@1.1.0');
      const two = await log.rolledBack('project_discovery@1.0.0');
      for (const feed of [all, fresh]) {
        expect(await feed.next()).toMatchObject({ id: one.id, changes: [{ package: 'intake' }, {}] });
        expect(await feed.next()).toMatchObject({ id: two.id, action: 'ROLLED_BACK' });
      }
    }),
  );

  it(
    'of some packages leaves out the others',
    withLog(async (log) => {
      const { feeds } = await log.projections();
      const moves = following(feeds.activations({ packages: ['intake'] }, stop.signal));
      const changes = following(feeds.releaseChanges({ packages: ['intake'] }, stop.signal));
      await log.ready('project_discovery@1.0.0', 'intake@1.0.0');
      await log.activated('project_discovery@1.0.0');
      const wanted = await log.activated('intake@1.0.0');
      expect(await moves.next()).toMatchObject({ id: wanted.id });
      expect(await changes.next()).toMatchObject({ package: 'intake', from: null, to: 'COMMITTED' });
    }),
  );

  it(
    'of published activations waits for each commit, in order',
    withLog(async (log) => {
      const first = await log.activated('project_discovery@1.0.0');
      const { feeds, publications } = await log.projections();
      const before = (await log.committed('intake@1.0.0')).position;
      await log.projections();
      const feed = following(feeds.activations({ after: before, published: true }, stop.signal));
      const second = await log.activated('project_discovery@1.1.0');
      const third = await log.activated('project_discovery@1.2.0');
      await log.projections();
      publications.record(first.id, commitOf('first'));
      publications.record(third.id, commitOf('third'));
      const next = feed.next();
      publications.record(second.id, commitOf('second'));
      expect(await next).toMatchObject({ id: second.id, commit: commitOf('second') });
      expect(await feed.next()).toMatchObject({ id: third.id, commit: commitOf('third') });
    }),
  );

  it(
    'of release changes tells from which state to which, all of one event together, and can be taken up again',
    withLog(async (log) => {
      const start = await log.adopted();
      await log.ready('project_discovery@1.0.0', 'project_discovery@1.1.0');
      const first = await log.activated('project_discovery@1.0.0');
      await log.validationFailed('project_discovery@1.1.0');
      const second = await log.activated('project_discovery@1.1.0');
      const { feeds } = await log.projections();
      const seen = await take(6, feeds.releaseChanges({ after: start.position }, stop.signal));
      expect(seen.map(({ version, from, to }) => [version, from, to])).toEqual([
        ['1.0.0', null, 'COMMITTED'],
        ['1.0.0', 'COMMITTED', 'STAGED'],
        ['1.1.0', null, 'COMMITTED'],
        ['1.1.0', 'COMMITTED', 'STAGED'],
        ['1.0.0', 'STAGED', 'RELEASED'],
        ['1.0.0', 'RELEASED', 'SUPERSEDED'],
      ]);
      const again = await take(2, feeds.releaseChanges({ after: first.position }, stop.signal));
      expect(again).toEqual([
        {
          position: second.position,
          package: 'project_discovery',
          version: '1.0.0',
          from: 'RELEASED',
          to: 'SUPERSEDED',
        },
        { position: second.position, package: 'project_discovery', version: '1.1.0', from: 'STAGED', to: 'RELEASED' },
      ]);
    }),
  );

  it(
    'of events carries the events themselves, longer than one page',
    withLog(async (log) => {
      const start = await log.adopted();
      for (let n = 0; n < 120; n += 1) await log.committed(`intake@1.${n}.0`);
      await log.staged('intake@1.119.0');
      const { feeds } = await log.projections();
      const committed = feeds.events({ after: start.position, types: ['Committed'] }, stop.signal);
      const events = await take(120, committed);
      expect(events.at(-1)).toMatchObject({ type: 'Committed', data: { version: '1.119.0' } });
      const [staged] = await take(
        1,
        feeds.events({ after: start.position, package: 'intake', types: ['Staged'] }, stop.signal),
      );
      expect(staged).toMatchObject({ type: 'Staged', data: { report: { valid: true } } });
    }),
  );

  it(
    'ends without an error when its signal aborts, and when the projections are closed',
    withLog(async (log) => {
      const { feeds } = await log.projections();
      const leaving = new AbortController();
      const left = following(feeds.activations({}, leaving.signal));
      const closed = following(feeds.events({}, stop.signal));
      const ends = [left.next(), closed.next()];
      leaving.abort();
      expect(await ends[0]).toBeUndefined();
      await log.closeProjections();
      expect(await ends[1]).toBeUndefined();
    }),
  );

  it(
    'refuses a position of another log, or ahead of this one, at once',
    withLog(async (log) => {
      const { position } = await log.adopted();
      const { feeds } = await log.projections();
      const unknown = `${position.slice(0, -1)}9`;
      expect(() => feeds.activations({ after: unknown }, stop.signal)).toThrow(PositionUnknown);
      expect(() => feeds.releaseChanges({ after: 'x' }, stop.signal)).toThrow(PositionUnknown);
      expect(() => feeds.events({ after: `x${position}` }, stop.signal)).toThrow(PositionUnknown);
    }),
  );
});

const stop = new AbortController();

function following<Row>(feed: AsyncIterable<Row>): { next(): Promise<Row | undefined> } {
  const iterator = feed[Symbol.asyncIterator]();
  return {
    next: async () => {
      const result = await iterator.next();
      return result.done === true ? undefined : result.value;
    },
  };
}

async function take<Row>(count: number, feed: AsyncIterable<Row>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of feed) {
    rows.push(row);
    if (rows.length === count) break;
  }
  return rows;
}
