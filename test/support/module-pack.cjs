/**
 * Starts processes of the tests faster: what an entry loads, some hundred files, is kept in one file with the bytecode of each,
 * so that the next process neither looks for them nor compiles them. Modules keep their names, places and single instances.
 *
 * A pack is never stale. It is used only while every file of the project that it holds, every directory they stand in, the
 * installed packages and Node are those it was made from; by the time of their last change, which nobody can set back.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, isAbsolute, join, sep } = require('node:path');
const { deserialize, serialize } = require('node:v8');
const { Script } = require('node:vm');

const PROJECT = join(__dirname, '..', '..');
const PACKAGES = join(PROJECT, 'node_modules');
const PACKS = join(PACKAGES, '.cache', 'slipway-module-packs');
/** File systems stamp by a clock that may be one tick behind. */
const CLOCK_MS = 20;
const NODE = `${process.version} ${process.arch} ${process.execPath}`;

/** Where the pack of an entry, called for something, is kept. */
const placeOfPack = (...call) => join(PACKS, createHash('sha256').update(JSON.stringify(call)).digest('hex'));
exports.placeOfPack = placeOfPack;

/** Whether what the entry loads is kept, and as it stands on disk now. */
exports.isPacked = (entry) => readPack(placeOfPack(entry)) !== null;

/** Loads what the entry needs from its pack. Where there is none, and this process may write, makes one once the entry is loaded. */
exports.usePack = (entry) => replayOrRecord(placeOfPack(entry), (end) => process.nextTick(end));

/** The same for an entry that loads what its first argument asks for: a pack for each, of all that was loaded when it ends. */
exports.usePackOfCommand = (entry, command) =>
  replayOrRecord(placeOfPack(entry, command), (end) => process.once('exit', end));

function replayOrRecord(place, atEnd) {
  const pack = readPack(place);
  if (pack !== null) replay(pack);
  else if (process.permission === undefined) atEnd(record(place));
}

function readPack(place) {
  try {
    const pack = deserialize(readFileSync(place));
    return pack.node === NODE && pack.states.every(([path, state]) => stateOf(path) === state) ? pack : null;
  } catch {
    return null; // none, or none of this form
  }
}

function stateOf(path) {
  const { ctimeMs, size } = statSync(path);
  return `${ctimeMs} ${size}`;
}

function replay({ modules, resolved }) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const known = options === undefined && parent?.filename ? resolved.get(question(parent, request)) : undefined;
    return known ?? resolve.call(this, request, parent, isMain, options);
  };
  for (const ending of Object.keys(Module._extensions)) {
    const load = Module._extensions[ending];
    Module._extensions[ending] = (module, filename) => {
      const packed = modules.get(filename);
      if (packed === undefined) load(module, filename);
      else run(module, filename, scriptOf(filename, packed.code, packed.bytecode));
    };
  }
}

function run(module, filename, script) {
  const require = Object.assign((id) => module.require(id), {
    resolve: (request, options) => Module._resolveFilename(request, module, false, options),
    main: process.mainModule,
    cache: Module._cache,
    extensions: Module._extensions,
  });
  script.runInThisContext().call(module.exports, module.exports, require, module, filename, dirname(filename));
}

function scriptOf(filename, code, cachedData) {
  return new Script(Module.wrap(code.replace(/^#!.*/, '')), { filename, cachedData });
}

/** Notes what is loaded from now on; answers what keeps it. */
function record(place) {
  const began = Date.now();
  const { _resolveFilename: resolve } = Module;
  const { _compile: compile } = Module.prototype;
  const [modules, resolved] = [new Map(), new Map()];
  Module._resolveFilename = function (request, parent, isMain, options) {
    const path = resolve.call(this, request, parent, isMain, options);
    if (options === undefined && parent?.filename && isAbsolute(path)) resolved.set(question(parent, request), path);
    return path;
  };
  Module.prototype._compile = function (code, filename, format) {
    // Left to Node: the few ECMAScript modules, and what imports them when it runs, which a script made here could not.
    if (format === 'module' || /\bimport\s*\(/.test(code)) return compile.call(this, code, filename, format);
    const script = scriptOf(filename, code);
    modules.set(filename, { code, script });
    run(this, filename, script);
  };
  return () => {
    Module._resolveFilename = resolve;
    Module.prototype._compile = compile;
    keep(place, modules, resolved, began);
  };
}

/** What a name means depends on the directory it is said in. */
function question({ filename }, request) {
  return `${dirname(filename)}\0${request}`;
}

function keep(place, recorded, resolved, began) {
  const aside = `${place}.${randomUUID()}`;
  try {
    const places = placesOf([...recorded.keys(), ...resolved.values()]);
    // Perhaps after it was loaded.
    if (places.some((path) => statSync(path).ctimeMs >= began - CLOCK_MS)) return;
    const modules = new Map();
    // After it ran: with the functions that V8 compiled when they were called.
    for (const [path, { code, script }] of recorded) modules.set(path, { code, bytecode: script.createCachedData() });
    const states = places.map((path) => [path, stateOf(path)]);
    mkdirSync(PACKS, { recursive: true });
    // Written aside and put in place at once: others read and write the same pack at the same time.
    writeFileSync(aside, serialize({ node: NODE, states, modules, resolved }));
    renameSync(aside, place);
  } catch {
    // Nothing is lost but time.
    rmSync(aside, { force: true });
  }
}

/** What must not change: the files, and the directories, where another file could be found in their stead. */
function placesOf(files) {
  const places = new Set([join(PACKAGES, '.package-lock.json')]); // written with every installation
  for (const file of files) {
    if (file.startsWith(PACKAGES + sep)) continue;
    places.add(file);
    let directory = dirname(file);
    places.add(directory);
    for (; directory.startsWith(PROJECT + sep); directory = dirname(directory)) places.add(directory);
  }
  places.delete(PROJECT); // where reports and data come and go, and nothing is loaded by a name that could mean another file
  return [...places];
}
