// The process that verifies for a server: its data directory is the one argument, the result one line on standard output.
import { preferSmallHeap } from './prefer-small-heap';
import { verifyDataDirectory } from './verify-data-directory';

const [, , dataDirectory] = process.argv;
if (dataDirectory === undefined) throw new TypeError('The data directory is missing.');
preferSmallHeap();
void verifyDataDirectory(dataDirectory).then((verification) => {
  process.stdout.write(`${JSON.stringify(verification)}\n`);
});
