/**
 * Loads the sources and the packages once for all test files of a worker, by Node itself; Jest would load, and V8 warm up, the same
 * thousand modules for every file. Test files and what stands beside them in `test/` stay modules of one file, as usual, except for
 * a `*.shared.ts`, which holds what all files of a worker use together.
 *
 * Sources keep no state of their own outside of what is created (see the house rules), so one file cannot see what another did.
 */
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const vm = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const PROJECT = join(__dirname, '..', '..');
const DIRECTORIES = [join(PROJECT, 'src') + sep, join(PROJECT, 'node_modules') + sep];
const isShared = (path) => path.endsWith('.shared.ts') || DIRECTORIES.some((directory) => path.startsWith(directory));
const load = createRequire(__filename);

/** Of the file that runs: they are the same for all. */
let transform;
/** Stacks of one file go through what another has loaded. */
const sourceMaps = new Map();
load.extensions['.ts'] = (module, filename) => module._compile(transform(filename), filename);

/** Bytecode of what is loaded for each file: Jest itself, the tests and what they share. */
const compiled = new Map();

module.exports = class SharedModules extends Runtime {
  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    this.shares = environment.global === globalThis;
    if (!this.shares) return;
    this.executor.compile = (code, filename) => compileHere(code, this.executor.injectedModuleParameters, filename);
    this.transformCache.sourceMaps = sourceMaps;
    transform = (filename) => this.transformCache.transform(filename);
  }

  requireModule(from, moduleName, options, isRequireActual) {
    if (this.shares && options?.isInternalModule !== true) {
      const path = this.pathOf(from, moduleName);
      if (path !== null && isShared(path)) return load(path);
    }
    return super.requireModule(from, moduleName, options, isRequireActual);
  }

  pathOf(from, moduleName) {
    if (moduleName === undefined) return from;
    return this._resolution.isCoreModule(moduleName) ? null : this._resolution.resolveCjs(from, moduleName);
  }

  /** Would be left in the realm of all files. */
  installGetBuiltinModule() {
    if (this._environment.global !== globalThis) super.installGetBuiltinModule();
  }
};

/** Bytecode is used again for the same text under the same name only. */
function compileHere(code, parameters, filename) {
  const known = compiled.get(filename);
  if (known?.code === code) return vm.compileFunction(code, parameters, { filename, cachedData: known.bytecode });
  const made = vm.compileFunction(code, parameters, { filename, produceCachedData: true });
  if (made.cachedDataProduced) compiled.set(filename, { code, bytecode: made.cachedData });
  return made;
}
