import { parseConnectionString } from '../../../src/eventstore/kurrentdb/connection-settings';
import { openKurrentDbEventStore } from '../../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { sealedRun } from '../../eventstore/sealed-events';

/** Opens a store, uses it, closes it, and has nothing more to do: the process ends where nothing of the store is left open. */
async function main([url = '', path = '']: readonly string[]): Promise<void> {
  const store = await openKurrentDbEventStore({ connection: parseConnectionString(url), path, prefix: 'process-' });
  await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
  await store.close();
  process.stdout.write('closed\n');
}

void main(process.argv.slice(2));
