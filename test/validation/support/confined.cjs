/**
 * Preloaded into a validator's child: ends it when it reaches for the network, another process, or a file that is no module
 * of this project, or when it changes what objects inherit. The parent sees a crash, which no case of the corpus may be.
 */
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const net = require('node:net');
const { join } = require('node:path');

const PROJECT = join(__dirname, '..', '..', '..');
const INHERITED = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

const end = (deed) => {
  fs.writeSync(2, `confined: ${deed}\n`);
  process.kill(process.pid, 'SIGKILL');
};
const forbid = (holder, name, isAllowed = () => false) => {
  const original = holder[name];
  holder[name] = function (...args) {
    if (!isAllowed(...args)) end(`${name} ${String(args[0])}`);
    return original.apply(this, args);
  };
};

for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  forbid(dns, name);
  forbid(dns.promises, name);
}
forbid(net.Socket.prototype, 'connect');
forbid(dgram.Socket.prototype, 'send');
forbid(dgram.Socket.prototype, 'bind');
if (typeof globalThis.fetch === 'function') forbid(globalThis, 'fetch');
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
  forbid(childProcess, name);

const isModule = (path) =>
  typeof path === 'number' || (String(path).startsWith(PROJECT) && /\.(ts|[cm]?js|json|node)$/.test(String(path)));
const isModuleToRead = (path, flags = 'r') => (flags === 'r' || typeof flags !== 'string') && isModule(path);
for (const name of ['open', 'openSync', 'createReadStream']) forbid(fs, name, isModuleToRead);
for (const name of ['readFile', 'readFileSync']) forbid(fs, name, isModule);
for (const name of [
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
  'rm',
  'rmSync',
  'unlink',
  'unlinkSync',
  'mkdir',
  'mkdirSync',
  'rename',
  'renameSync',
  'readdir',
  'symlink',
  'symlinkSync',
])
  forbid(fs, name);
for (const name of ['open', 'readFile', 'writeFile', 'rm', 'mkdir', 'readdir'])
  forbid(
    fs.promises,
    name,
    (path, flags) => name.startsWith('r') && name !== 'readdir' && name !== 'rm' && isModuleToRead(path, flags),
  );

const write = process.stdout.write;
process.stdout.write = function (...args) {
  if (JSON.stringify(Object.getOwnPropertyNames(Object.prototype)) !== INHERITED) end('a changed prototype');
  return write.apply(this, args);
};
