// Run in a process of its own: opens a database and says which version of SQLite serves it.
import { openSqlite } from '../../../src/eventstore';

const [, , path = ''] = process.argv;
const database = openSqlite({ path, synchronous: 'FULL' });
const row = database.prepare<{ version: string }>('SELECT sqlite_version() AS version').get();
process.emitWarning('still heard');
console.log(row?.version);
