/** Preloaded into the processes in which a compiled program checks content: what they load is kept together. */
const { usePack } = require('./module-pack.cjs');

usePack(process.argv[1]);
