/** Preloaded into `bin/slipway.cjs` by tests, which start it many times: what a command loads is kept together after its first run. */
const { usePackOfCommand } = require('./module-pack.cjs');

usePackOfCommand(process.argv[1], process.argv[2]);
