// Run in a process of its own: appends to some streams at once, for ever, and prints each event that was acknowledged.
import { writeSync } from 'node:fs';
import { type EventEnvelope } from '../../../src/domain';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { sealed, tagged } from '../sealed-events';

const [, , path = '', writers = '1'] = process.argv;
const store = openSqliteEventStore({ path });

async function write(stream: string): Promise<never> {
  let tip: EventEnvelope | null = null;
  for (;;) {
    const events: EventEnvelope[] = sealed(stream, tip, [tagged('a'), tagged('b')]);
    await store.append(stream, tip === null ? 'no_stream' : tip.revision, events);
    for (const event of events) {
      writeSync(1, `${event.metadata.eventId} ${stream} ${event.revision}\n`);
      tip = event;
    }
  }
}

for (let writer = 0; writer < Number(writers); writer++) void write(`package-${process.pid}-${writer}`);
