import { rebuildReadModels } from '../../../src/server/rebuild-read-models';

/** Rebuilds the read models of the data directory of the argument and dies, as in a power cut, before they are complete. */
const [, , dataDirectory = ''] = process.argv;
void rebuildReadModels({ dataDirectory, onProgress: () => process.kill(process.pid, 'SIGKILL') });
