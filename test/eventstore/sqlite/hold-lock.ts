// Run in a process of its own: takes the lock of a data directory, says so and keeps it.
import { writeSync } from 'node:fs';
import { lockDataDirectory } from '../../../src/eventstore/sqlite/data-directory-lock';

const [, , directory = ''] = process.argv;
lockDataDirectory(directory);
writeSync(1, 'locked\n');
setInterval(() => undefined, 60_000);
