import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventEnvelope } from '../../../src/domain';
import { LogDamaged } from '../../../src/eventstore';
import { type LocalCopy, openLocalCopy } from '../../../src/eventstore/kurrentdb/local-copy';
import { toRows } from '../../../src/eventstore/sqlite/event-row';
import { sealedRun } from '../sealed-events';

/** Rows of a stream, of the events that the server gives. */
const rowsOf = (events: readonly EventEnvelope[]) =>
  events.flatMap((event) => toRows(event.stream, event.revision - 1, [event]));
const upTo = (place: number) => ({ commit: BigInt(place), prepare: BigInt(place) });

describe('a copy of the log', () => {
  let directory: string;
  let copy: LocalCopy;
  const a = sealedRun('package-a', 4);
  const b = sealedRun('package-b', 3);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-local-copy-'));
    copy = openLocalCopy({ path: join(directory, 'events.db'), logId: 'abcdef012345', prefix: 'slipway-' });
  });
  afterEach(() => {
    copy.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['between two takes', [a.slice(0, 2)], a.slice(3), 2, 3],
    ['within one', [a.slice(0, 1)], [...a.slice(1, 2), ...a.slice(3)], 2, 3],
    ['at the beginning of a stream', [a.slice(0, 1)], b.slice(1), 0, 1],
    ['at the beginning of the log', [], a.slice(1), 0, 1],
  ])('takes nothing where a revision is missing %s, and says which', (_, taken, news, missing, given) => {
    taken.forEach((events, index) => copy.take(rowsOf(events), upTo(index)));
    const before = [copy.checkpoint(), copy.log.place, copy.last()];
    const stream = news.at(-1)?.stream ?? '';
    const taking = (): void => copy.take(rowsOf(news), upTo(99));
    expect(taking).toThrow(LogDamaged);
    expect(taking).toThrow(
      `Revision ${String(missing)} is missing from stream ${stream}: the server gave ${String(given)}.`,
    );
    // All or none: it is asked for the same again, and never goes on behind the gap.
    expect([copy.checkpoint(), copy.log.place, copy.last()]).toEqual(before);
  });

  it('takes a revision once: one that comes again is not stored over the one that is there', () => {
    copy.take(rowsOf(a.slice(0, 2)), upTo(1));
    expect(() => copy.take(rowsOf(a.slice(1, 2)), upTo(2))).toThrow(LogDamaged);
    copy.take(rowsOf([...a.slice(2), ...b]), upTo(3));
    expect([copy.lastRevision('package-a'), copy.lastRevision('package-b'), copy.log.place]).toEqual([3, 2, 7]);
  });
});
