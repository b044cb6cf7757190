import { rebuildGit } from '../../../src/server/rebuild-git';

/** Rebuilds the repository of the data directory of the first argument and dies, as in a power cut, at the step of the second. */
const [, , dataDirectory = '', last] = process.argv;
void rebuildGit({
  dataDirectory,
  contentFrom: [],
  discardOld: false,
  step: (name) => {
    if (name !== last) return Promise.resolve();
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined); // the signal may take a moment; nothing may go on meanwhile
  },
});
