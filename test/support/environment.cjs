/**
 * Where tests run: Node, that compiles what many test files load once in each worker. Every file has modules of its own, and would
 * compile the same thousand sources anew; the bytecode of a source is the same for all of them.
 */
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const { compileFunction } = vm;
const compiled = new Map();

/** Bytecode is used again for the same text under the same name only. */
vm.compileFunction = (code, parameters, options = {}) => {
  const { filename } = options;
  const known = compiled.get(filename);
  if (known?.code === code) return compileFunction(code, parameters, { ...options, cachedData: known.bytecode });
  const made = compileFunction(code, parameters, { ...options, produceCachedData: true });
  if (made.cachedDataProduced) compiled.set(filename, { code, bytecode: made.cachedData });
  return made;
};

module.exports = TestEnvironment;
