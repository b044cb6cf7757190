/** Preloaded into a validator's child after `confined.cjs`: does what the name of a file says, to show that it is noticed. */
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const deeds = {
  'misdeed-connect': () => require('node:net').connect(1, '127.0.0.1'),
  'misdeed-lookup': () => require('node:dns').lookup('localhost', () => undefined),
  'misdeed-read': () => require('node:fs').readFileSync('/etc/hostname'),
  'misdeed-write': () => require('node:fs').writeFileSync(join(tmpdir(), 'slipway-misdeed'), ''),
  'misdeed-spawn': () => require('node:child_process').execFileSync('true'),
  'misdeed-thread': () => new (require('node:worker_threads').Worker)('0', { eval: true }),
  'misdeed-prototype': () => (Object.prototype.polluted = true),
};

process.stdin.on('data', (chunk) => {
  for (const [name, deed] of Object.entries(deeds)) if (chunk.includes(name)) deed();
});
