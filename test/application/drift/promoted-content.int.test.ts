import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPromotedContent } from '../../../src/application/drift/promoted-content';
import { DEFAULT_LAYOUT, type DomainEvent, packageStream, REPOSITORY_STREAM } from '../../../src/domain';
import { type EventStore } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { sealed } from '../../eventstore/sealed-events';

const ORIGIN = { name: 'Ann', email: 'ann@example.com', at: '2025-01-01T00:00:00.000Z', subject: 'Add it' };

function adoptedRelease(commit: string, origin: typeof ORIGIN | null): DomainEvent {
  const data = {
    package: 'charter',
    version: '1.0.0',
    commit,
    tree: 'e'.repeat(40),
    displayName: null,
    requires: [],
    origin,
  };
  return { type: 'ReleaseAdopted', data };
}

function adopted(commit: string): DomainEvent {
  const serviceIdentity = { name: 'Slipway', email: 'service@slipway.invalid' };
  return {
    type: 'Adopted',
    data: { commit, layout: DEFAULT_LAYOUT, serviceIdentity, commitForm: 1, previousEventId: null },
  };
}

describe('What an adoption has brought to main', () => {
  let directory: string;
  let store: EventStore;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-promoted-'));
    store = openSqliteEventStore({ path: join(directory, 'events.db') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const given = (stream: string, event: DomainEvent) =>
    store.append(stream, 'no_stream', sealed(stream, null, [event]));
  const standing = async () => (await readPromotedContent(store, null)).releases.get('charter 1.0.0')?.standing;

  it('waits until the adoption is sealed', async () => {
    await given(packageStream('charter'), adoptedRelease('a'.repeat(40), null));
    expect(await standing()).toBe('waiting');
    await given(REPOSITORY_STREAM, adopted('a'.repeat(40)));
    expect(await standing()).toBe('on main');
  });

  it('is on main, too, where its history was adopted and names an earlier commit', async () => {
    await given(packageStream('charter'), adoptedRelease('b'.repeat(40), ORIGIN));
    await given(REPOSITORY_STREAM, adopted('a'.repeat(40)));
    expect(await standing()).toBe('on main');
  });
});
