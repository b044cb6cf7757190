#!/usr/bin/env node
// Checks an export of Slipway (docs/export-format.md) with nothing but Node:
// node verify-export.mjs FILE [--expect-tip COMMIT] [--expect-head HASH]. Exit code 0: sound, 1: faults, 2: wrong usage.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const MEMBERS = {
  header: 'adoptions,filter,format,kind,logId,parent,previous,version',
  event: 'data,kind,metadata,position,previous,revision,stream,type',
  object: 'adoption,eventId,id,kind,on,previous,text',
  end: 'events,head,kind,objects,previous,tip,unpublished',
};
const ON_MAIN = { Staged: 'main', Activated: 'main', RolledBack: 'main', Deactivated: 'main' };
const OBJECT_ON = { ...ON_MAIN, Committed: 'draft', Tagged: 'tag' };

const hash = (algorithm, bytes) => createHash(algorithm).update(bytes).digest('hex');
const gitId = (type, text) => hash('sha1', `${type} ${Buffer.byteLength(text)}\0${text}`);
const signed = (name, email, at) => `${name} <${email}> ${Math.floor(Date.parse(at) / 1000)} +0000`;
const byActor = ({ actor, occurredAt }) => signed(actor.name, `${actor.id}@slipway.invalid`, occurredAt);

/** RFC 8785. */
function canonical(value) {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a lone surrogate');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join()}}`;
}

/** A commit on main in form 1. */
function commitText({ type, stream, revision, data, metadata }, { tree, parent, service }) {
  const { actor, occurredAt, eventId } = metadata;
  const moves = (data.changes ?? []).map((move) => [move.package, move.fromVersion, move.toVersion]);
  for (const move of moves) for (const at of [1, 2]) move[at] ??= 'none';
  const [[id, from, to] = []] = moves;
  const packages = moves.length > 1 ? `${moves.length} packages` : null;
  const revert = to === 'none' ? `Remove ${id}` : `Revert ${id} to ${to}`;
  const reason = `Reason: ${data.reason}\n`;
  const [subject, who] = {
    Staged: [`stage: Merge ${data.package} ${data.version}`, `Staged by: ${actor.id}\n`],
    Activated: [`release: Activate ${packages ?? `${id} ${to}`}`, `Activated by: ${actor.id}\n${reason}`],
    Deactivated: [`release: Deactivate ${packages ?? `${id} ${from}`}`, `Deactivated by: ${actor.id}\n${reason}`],
    RolledBack: [`rollback: ${packages ? `Revert ${packages}` : revert}`, `${reason}Rolled back by: ${actor.id}\n`],
  }[type];
  const list = moves.map(([name, was, is]) => `${name} ${was} -> ${is}\n`).join('');
  const overridden = data.overrides?.length > 0 ? `Overridden: ${data.overrides.join(', ')}\n` : '';
  const release = type === 'Staged' ? `Slipway-Release: ${data.package}@${data.version}\n` : '';
  return [
    `tree ${tree}\nparent ${parent}\n${type === 'Staged' ? `parent ${data.commit}\n` : ''}`,
    `author ${byActor(metadata)}\ncommitter ${signed(service.name, service.email, occurredAt)}\n\n`,
    `${subject}\n\n${packages ? `${list}\n` : ''}${who}${overridden}\n`,
    `Slipway-Event-Id: ${eventId}\nSlipway-Event: ${stream}@${revision}\nSlipway-Event-Hash: ${metadata.hash}\n`,
    `Slipway-Occurred-At: ${occurredAt}\nSlipway-Actor: ${actor.id}\n${release}`,
    ...moves.map(([name, was, is]) => `Slipway-Change: ${name}@${was}->${is}\n`),
  ].join('');
}

/** Checks an export. @param chunks its bytes. @returns every fault, and where the export ends; null without an end. */
export function verifyExport(chunks, expect = {}) {
  const faults = [];
  const heads = new Map(); // revision, hash and time of the last event of each stream
  const counts = { events: 0, objects: 0, unpublished: 0 };
  let [number, previous, header, end, last, owes, place, adopted] = [0, null, null, null, null, false, 0, 0];
  let main = null; // the last line about it, what its next commit stands on, and whether one before is not published
  const same = (what, expected, found) => {
    if (canonical(expected ?? null) === canonical(found ?? null)) return;
    const event = last && `${last.type} ${last.stream}@${last.revision}`;
    faults.push({ line: number, event, what, expected, found });
  };
  const check = {
    header(line) {
      header = line;
      same('format', ['slipway-export', 1], [line.format, line.version]);
      same('filter', ['from,packages,until', true], [Object.keys(line.filter).sort().join(), line.filter.from >= 1]);
      const { adoption, eventId, commit } = line.parent ?? { adoption: -1, eventId: null, commit: null };
      if (line.parent !== null) same('parent', { adoption, eventId, commit }, line.parent);
      main = { adoption, eventId, tip: commit, parent: commit, waiting: false };
    },
    event({ kind: _kind, previous: _previous, position, ...event }) {
      last = event;
      const { stream, revision, type, data, metadata } = event;
      const { hash: sealed, ...unsealed } = metadata;
      const { from, until, packages } = header.filter;
      const isOfRepository = stream === 'repository';
      const least = Math.max(place + 1, isOfRepository ? 1 : from);
      const next = packages === null && position >= from ? Math.max(least, from) : Math.max(least, position);
      same('place in the log', [next, true], [position, position <= until]);
      const streams = ['repository', 'pointer-production', ...(packages ?? []).map((id) => `package-${id}`)];
      same('stream of the filter', true, packages === null || streams.includes(stream));
      const begins = from === 1 || isOfRepository || revision === 0; // else the part begins within the stream
      const start = begins ? [0, null] : [revision, metadata.previousHash];
      const before = heads.get(stream);
      same('chain', before ? [before.revision + 1, before.hash] : start, [revision, metadata.previousHash]);
      same('order in time', true, !before || metadata.occurredAt >= before.occurredAt);
      same('hash', hash('sha256', canonical({ ...event, metadata: unsealed })), sealed);
      heads.set(stream, { revision, hash: sealed, occurredAt: metadata.occurredAt });
      [place, owes] = [position, Object.hasOwn(OBJECT_ON, type)];
      counts.events += 1;
      if (type !== 'Adopted') return;
      const { commit, commitForm, serviceIdentity, previousEventId } = data;
      const facts = { eventId: metadata.eventId, commit, commitForm, serviceIdentity, previousEventId };
      same('adoption, as line 1 has it', facts, header.adoptions[adopted++]);
    },
    object({ on, adoption, eventId, id, text }) {
      const event = owes ? last : null; // without one it is a commit on main of an event that the filter leaves out
      owes = false;
      const belongs = event ? [OBJECT_ON[event.type], event.metadata.eventId] : ['main', eventId];
      same('event of the object', belongs, [on, eventId]);
      same('object without its event', false, event === null && header.filter.packages === null);
      const isOnMain = belongs[0] === 'main';
      const ground = header.adoptions[adoption];
      if (!isOnMain) same('adoption', null, adoption);
      else if (adoption !== main.adoption) {
        same('a later adoption', true, adoption > main.adoption && ground !== undefined);
        same('event before the adoption', ground?.previousEventId, main.eventId);
        Object.assign(main, { adoption, parent: ground?.commit, waiting: false });
      }
      if (isOnMain) main.eventId = eventId;
      if (id === null && text === null && belongs[0] !== 'draft') {
        counts.unpublished += 1;
        main.waiting ||= isOnMain;
        return;
      }
      counts.objects += 1;
      let computed = text; // of a draft, and of an event that is left out, it is known from here alone
      const [, tree, parent] = /^tree (.*)\nparent (.*)\n/.exec(text) ?? [];
      if (event === null) {
        same('first parent', main.parent, parent);
        same('event of the commit', true, text.includes(`\nSlipway-Event-Id: ${eventId}\n`));
      } else if (isOnMain) {
        same('commit form', 1, ground?.commitForm);
        computed = commitText(event, { tree, parent: main.parent, service: ground?.serviceIdentity ?? {} });
      } else if (belongs[0] === 'tag') {
        const { commit, tag, message } = event.data;
        computed = `object ${commit}\ntype commit\ntag ${tag}\ntagger ${byActor(event.metadata)}\n\n${message}\n`;
      } else same('commit of the draft', event.data.commit, id);
      const [ours, theirs] = [computed.split('\n'), text.split('\n')];
      const at = ours.findIndex((part, index) => part !== theirs[index]);
      same('object', ours[at] ?? ours.length, theirs[at] ?? theirs.length);
      same('id', gitId(belongs[0] === 'tag' ? 'tag' : 'commit', computed), id);
      if (!isOnMain) return;
      same('commit after one that is not published', false, main.waiting);
      main.tip = main.parent = id;
    },
    end({ previous: _, ...line }) {
      last = null;
      const hashes = Object.fromEntries([...heads].map(([stream, before]) => [stream, before.hash]));
      end = { ...counts, tip: main.tip, head: hash('sha256', canonical(hashes)) };
      same('end', { kind: 'end', ...end }, line);
      same('number of adoptions', header.adoptions.length, adopted);
      if (header.filter.packages === null) same('last place', header.filter.until, place);
    },
  };
  for (const bytes of linesOf(chunks)) {
    number += 1;
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      const line = JSON.parse(text);
      same('canonical JSON and a newline', true, `${canonical(line)}\n` === text);
      same('members', MEMBERS[line.kind], Object.keys(line).sort().join());
      same(`SHA-256 of line ${number - 1}`, previous, line.previous);
      same('place of the line', true, (line.kind === 'header') === (number === 1) && end === null);
      if (owes) same('line after an event', 'object', line.kind);
      check[line.kind](line);
    } catch (error) {
      same('line', 'one of this format', error.message);
    }
    if (header === null) break;
    previous = hash('sha256', bytes);
  }
  if (end === null) same('end line', 'one', 'none');
  if (expect.tip !== undefined) same('tip that a witness noted', expect.tip, main?.tip);
  if (expect.head !== undefined) same('head that a witness noted', expect.head, end?.head);
  return { faults, end };
}

/** Lines with their newline; last what follows the last newline, if anything does. */
function* linesOf(chunks) {
  let rest = Buffer.alloc(0);
  for (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (let end; (end = rest.indexOf('\n') + 1) > 0; rest = rest.subarray(end)) yield rest.subarray(0, end);
  }
  if (rest.length > 0) yield rest;
}

function* chunksOf(path) {
  const file = openSync(path);
  const buffer = Buffer.alloc(1 << 20);
  for (let size; (size = readSync(file, buffer)) > 0;) yield Buffer.from(buffer.subarray(0, size));
  closeSync(file);
}

function main() {
  try {
    const options = { 'expect-tip': { type: 'string' }, 'expect-head': { type: 'string' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new TypeError('Give one file.');
    const { faults, end } = verifyExport(chunksOf(path), { tip: values['expect-tip'], head: values['expect-head'] });
    for (const { line, event, what, expected, found } of faults) {
      const difference = `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
      console.log(`${path}:${line}: ${event ?? '-'}: ${what}: ${difference}`);
    }
    console.log(faults.length === 0 ? `Sound: ${JSON.stringify(end)}` : `${faults.length} faults.`);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`verify-export: ${error.message}`);
    return 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main();
