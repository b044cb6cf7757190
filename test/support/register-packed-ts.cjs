/** As `register-ts.cjs`, for what is started many times: what it loads is kept together after its first start. */
require('./register-ts.cjs');
const { usePack } = require('./module-pack.cjs');

usePack(process.argv[1]);
