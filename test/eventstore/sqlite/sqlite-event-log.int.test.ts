import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog, StoreUnavailable } from '../../../src/eventstore';
import { openSqliteEventLog } from '../../../src/eventstore/sqlite/sqlite-event-log';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { sealed, tagged } from '../sealed-events';

describe('A log that is only read', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-log-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const idsIn = async (log: Pick<EventLog, 'readAll'>): Promise<readonly string[]> => {
    const ids: string[] = [];
    for await (const event of log.readAll()) ids.push(event.metadata.eventId);
    return ids;
  };

  it('says beside its writer what stood in it when it was opened, and the same after the writer has gone', async () => {
    const path = join(directory, 'events.db');
    const store = openSqliteEventStore({ path });
    const [first, second] = sealed('package-project_discovery', null, [tagged('first'), tagged('second')]);
    if (first === undefined || second === undefined) throw new Error('Two events were wanted.');
    await store.append('package-project_discovery', 'no_stream', [first]);

    const log = openSqliteEventLog({ path });
    await store.append('package-project_discovery', 0, [second]);
    expect(log.logId).toBe(store.logId);
    expect(await idsIn(log)).toEqual([first.metadata.eventId]);
    await log.close();
    await store.close();

    const later = openSqliteEventLog({ path });
    expect(await idsIn(later)).toEqual([first.metadata.eventId, second.metadata.eventId]);
    await later.close();
  });

  it('is refused where there is none', () => {
    expect(() => openSqliteEventLog({ path: join(directory, 'missing.db') })).toThrow(StoreUnavailable);
    writeFileSync(join(directory, 'other.db'), 'no database');
    expect(() => openSqliteEventLog({ path: join(directory, 'other.db') })).toThrow(StoreUnavailable);
  });
});
