import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogKeptElsewhere, StoreUnavailable } from '../../../src/eventstore';
import { type LocalCopy, openLocalCopy } from '../../../src/eventstore/kurrentdb/local-copy';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';

const LOG = '0123456789ab';
const PREFIX = 'slipway-';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-copy-'));
  path = join(directory, 'events.db');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function using<T>(copy: LocalCopy, use: (copy: LocalCopy) => T): T {
  try {
    return use(copy);
  } finally {
    copy.close();
  }
}

describe("a node's copy of the log", () => {
  it('that is damaged is told apart from a fault of the server, with what to do', () => {
    writeFileSync(
      path,
      'This is no database, and longer than the header of one would be: more than a hundred bytes of text.',
    );
    expect(() => openLocalCopy({ path, logId: LOG, prefix: PREFIX })).toThrow(StoreUnavailable);
    expect(() => openLocalCopy({ path, logId: LOG, prefix: PREFIX })).toThrow(
      `delete ${path}* and start again: it is fetched anew.`,
    );
    expect(() => openLocalCopy({ path: directory, logId: LOG, prefix: PREFIX })).toThrow('See that there is room');
    expect(() => openLocalCopy({ path: join(directory, 'nowhere', 'events.db'), logId: LOG, prefix: PREFIX })).toThrow(
      'cannot be used',
    );
  });

  it('is not opened as the log itself, by an error of its own', () => {
    openLocalCopy({ path, logId: LOG, prefix: PREFIX }).close();
    expect(() => openSqliteEventStore({ path })).toThrow(LogKeptElsewhere);
  });

  it('of another log is refused, and left as it is', () => {
    openLocalCopy({ path, logId: LOG, prefix: PREFIX }).close();
    expect(() => openLocalCopy({ path, logId: 'ba9876543210', prefix: PREFIX })).toThrow(
      `is a copy of log ${LOG}, but under the prefix ${PREFIX} the server holds log ba9876543210. Start with the right server and SLIPWAY_EVENT_STORE_PREFIX`,
    );
    expect(() => openLocalCopy({ path, logId: null, prefix: PREFIX })).toThrow(
      `under the prefix ${PREFIX} the server holds no log`,
    );
    expect(using(openLocalCopy({ path, logId: LOG, prefix: PREFIX }), ({ logId }) => logId)).toBe(LOG);
  });
});
