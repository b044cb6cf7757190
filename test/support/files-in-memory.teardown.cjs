/** After all tests. */
module.exports = require('./files-in-memory.setup.cjs').end;
