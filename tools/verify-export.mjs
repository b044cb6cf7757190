#!/usr/bin/env node
// Checks an export of Slipway (docs/export-format.md) with nothing but Node:
// node verify-export.mjs FILE [--expect-tip COMMIT] [--expect-head HASH]. Exit code 0: sound, 1: faults, 2: wrong usage.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const MEMBERS = {
  header: 'adoptions,filter,format,kind,logId,parent,streams,version',
  event: 'after,data,kind,metadata,position,revision,stream,type',
  commit: 'commit,eventId,kind,object,on',
  tag: 'eventId,kind,object,tag',
  end: 'commits,events,head,kind,logId,sha256,tags,tip,unpublished',
};
const ON = {
  Staged: 'main',
  Activated: 'main',
  RolledBack: 'main',
  Deactivated: 'main',
  Committed: 'draft',
  Tagged: 'tag',
};

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const gitId = (type, text) =>
  createHash('sha1')
    .update(`${type} ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
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
function commitText(tree, parent, service, { type, stream, revision, data, metadata }) {
  const { actor, occurredAt, eventId, hash } = metadata;
  const moves = (data.changes ?? []).map((move) => [
    move.package,
    move.fromVersion ?? 'none',
    move.toVersion ?? 'none',
  ]);
  const [id, from, to] = moves[0] ?? [];
  const several = moves.length === 1 ? null : `${moves.length} packages`;
  const [subject, who] = {
    Staged: [`stage: Merge ${data.package} ${data.version}`, `Staged by: ${actor.id}`],
    Activated: [`release: Activate ${several ?? `${id} ${to}`}`, `Activated by: ${actor.id}\nReason: ${data.reason}`],
    Deactivated: [
      `release: Deactivate ${several ?? `${id} ${from}`}`,
      `Deactivated by: ${actor.id}\nReason: ${data.reason}`,
    ],
    RolledBack: [
      `rollback: ${several ? `Revert ${several}` : to === 'none' ? `Remove ${id}` : `Revert ${id} to ${to}`}`,
      `Reason: ${data.reason}\nRolled back by: ${actor.id}`,
    ],
  }[type];
  const list = moves.length > 1 ? `\n${moves.map(([name, was, is]) => `${name} ${was} -> ${is}\n`).join('')}` : '';
  const lifted = data.overrides?.length > 0 ? `Overridden: ${data.overrides.join(', ')}\n` : '';
  const trailers = [
    ['Event-Id', eventId],
    ['Event', `${stream}@${revision}`],
    ['Event-Hash', hash],
  ];
  trailers.push(['Occurred-At', occurredAt], ['Actor', actor.id]);
  if (type === 'Staged') trailers.push(['Release', `${data.package}@${data.version}`]);
  for (const [name, was, is] of moves) trailers.push(['Change', `${name}@${was}->${is}`]);
  const merged = type === 'Staged' ? `parent ${data.commit}\n` : '';
  const committer = signed(service.name, service.email, occurredAt);
  const headers = `tree ${tree}\nparent ${parent}\n${merged}author ${byActor(metadata)}\ncommitter ${committer}\n`;
  return `${headers}\n${subject}\n${list}\n${who}\n${lifted}\n${trailers.map((pair) => `Slipway-${pair.join(': ')}\n`).join('')}`;
}

/** Lines without their newline; after the last one what follows it, which must be nothing. */
function* linesOf(chunks) {
  let rest = Buffer.alloc(0);
  for (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let at = 0;
    for (let end; (end = rest.indexOf(10, at)) >= 0; at = end + 1) yield rest.subarray(at, end);
    rest = rest.subarray(at);
  }
  if (rest.length > 0) yield Object.assign(rest, { unended: true });
}

/** @param chunks the bytes. @returns every fault, and where the export ends; null without an end. */
export function verifyExport(chunks, expect = {}) {
  const [faults, whole, heads, places] = [[], createHash('sha256'), new Map(), new Map()];
  const counts = { events: 0, commits: 0, tags: 0, unpublished: 0 };
  let [number, header, last, end, position, adopted] = [0, null, null, null, 0, 0];
  // The commit on main so far, the adoption it stands on, and whether an event on it has no commit yet.
  let [tip, ground, waiting] = [null, -1, false];
  const same = (what, expected, found, line = number) => {
    if (canonical(expected ?? null) === canonical(found ?? null)) return;
    faults.push({ line, event: last && `${last.type} ${last.stream}@${last.revision}`, what, expected, found });
  };
  const stands = (on, commit) => ([ground, tip, waiting] = [on, commit, false]);
  const check = {
    header(line) {
      same('format', ['slipway-export', 1], [line.format, line.version]);
      same('filter', ['from,packages,until', true], [Object.keys(line.filter).sort().join(), line.filter.from >= 1]);
      header = line;
      stands(
        line.adoptions.findLastIndex(({ after }) => after < line.filter.from),
        line.parent,
      );
    },
    event({ kind, after, position: place, ...event }) {
      const [{ stream, revision, data, metadata }, { from, until, packages }] = [event, header.filter];
      const { hash, ...unsealed } = metadata;
      last = event;
      const first = stream === 'repository' ? 1 : from;
      const least = packages === null && place >= from ? Math.max(position + 1, from) : place;
      same('place in the log', [position, least, true], [after, place, place > position && place <= until]);
      same('filter', true, place >= first, 1);
      const streams = ['repository', 'pointer-production', ...(packages ?? []).map((id) => `package-${id}`)];
      same('filter', true, packages === null || streams.includes(stream), 1);
      const before = heads.get(stream);
      const start = header.streams.find((each) => each.stream === stream);
      if (before) same('chain', [before.revision + 1, before.hash], [revision, metadata.previousHash]);
      else same('start of a stream', [revision, metadata.previousHash], [start?.revision, start?.previousHash], 1);
      same('order in time', true, !before || metadata.occurredAt >= before.occurredAt);
      same('hash', sha256(canonical({ ...event, metadata: unsealed })), hash);
      heads.set(stream, { revision, hash, occurredAt: metadata.occurredAt });
      [position, counts.events] = [place, counts.events + 1];
      if (ON[event.type] === 'main') places.set(metadata.eventId, place);
      if (event.type !== 'Adopted') return;
      const { commit, commitForm, serviceIdentity, previousEventId } = data;
      const ownPlace = adopted === 0 ? place : 0;
      const found = header.adoptions[adopted++];
      const begins = previousEventId ? (places.get(previousEventId) ?? found?.after) : ownPlace;
      same('adoption', { eventId: metadata.eventId, commit, commitForm, serviceIdentity, after: begins }, found, 1);
    },
    /** The commit or tag of the event before it; with a filter also commits of packages that are left out. */
    object({ kind, eventId, object, ...line }, event, on) {
      const id = line.commit ?? line.tag ?? null;
      const wanted = event
        ? { kind: on === 'tag' ? 'tag' : 'commit', eventId: event.metadata.eventId, on }
        : { kind: 'commit', on: 'main' };
      same('line after an event', wanted, { ...wanted, kind, on: line.on ?? 'tag', ...(event && { eventId }) });
      if (event && on === 'main') {
        const own = header.adoptions.findLastIndex(({ after }) => after < position);
        if (own !== ground) stands(own, header.adoptions[own]?.commit);
      }
      if (event && on !== 'draft' && id === null && object === null) {
        counts.unpublished++;
        waiting ||= on === 'main';
        return;
      }
      counts[`${kind}s`]++;
      const [, tree, parent] = /^tree (.*)\nparent (.*)\n/.exec(object) ?? [];
      let text = object;
      if (!event) {
        same('filter', true, header.filter.packages !== null && object.includes(`\nSlipway-Event-Id: ${eventId}\n`));
        const next = header.adoptions.findIndex((each, at) => at > ground && each.commit === parent);
        if (parent !== tip && next >= 0) stands(next, parent);
        same('first parent', tip, parent);
      } else if (on === 'main') {
        same('commit form', 1, header.adoptions[ground]?.commitForm);
        text = commitText(tree, tip, header.adoptions[ground]?.serviceIdentity ?? {}, event);
      } else if (on === 'tag') {
        const { commit, tag, message } = event.data;
        text = `object ${commit}\ntype commit\ntag ${tag}\ntagger ${byActor(event.metadata)}\n\n${message}\n`;
      } else same('commit of the draft', event.data.commit, id);
      const [ours, theirs] = [text.split('\n'), object.split('\n')];
      const at = ours.findIndex((part, index) => part !== theirs[index]);
      same(`${kind} object`, ours[at] ?? ours.length, theirs[at] ?? theirs.length);
      same(`${kind} id`, gitId(kind, text), id);
      if (on !== 'main' && event) return;
      same('commit after one that is not published', false, waiting);
      tip = id;
    },
    end(line) {
      last = null;
      const head = sha256(canonical(Object.fromEntries([...heads].map(([stream, { hash }]) => [stream, hash]))));
      end = { ...counts, tip, head };
      same('log', line.logId, header.logId, 1);
      same(
        'streams',
        header.streams.map(({ stream }) => stream),
        [...heads.keys()].sort(),
        1,
      );
      same('adoptions', header.adoptions.length, adopted, 1);
      if (header.filter.packages === null) same('last place', header.filter.until, position, 1);
      same('end', { kind: 'end', logId: header.logId, ...end, sha256: whole.copy().digest('hex') }, line);
    },
  };
  let owing = false;
  for (const bytes of linesOf(chunks)) {
    number += 1;
    try {
      same('newline at the end of the line', true, bytes.unended !== true);
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      const line = JSON.parse(text);
      same('canonical JSON', true, canonical(line) === text);
      same('members', MEMBERS[line.kind], Object.keys(line).sort().join());
      same('place of the line', true, (line.kind === 'header') === (number === 1) && end === null);
      const isObject = line.kind === 'commit' || line.kind === 'tag';
      if (owing && !isObject) same('line after an event', 'its commit or tag', line.kind);
      if (isObject) check.object(line, owing ? last : null, owing ? ON[last.type] : 'main');
      else check[line.kind](line);
      owing = line.kind === 'event' && line.type in ON;
    } catch (error) {
      same('line', 'one of this format', error.message);
      if (header === null) break;
    }
    whole.update(bytes).update('\n');
  }
  if (end === null) same('end line', 'one', 'none');
  if (expect.tip !== undefined) same('tip that a witness noted', expect.tip, tip);
  if (expect.head !== undefined) same('head that a witness noted', expect.head, end?.head);
  return { faults, end };
}

function* chunksOf(path) {
  const file = openSync(path);
  const buffer = Buffer.alloc(1 << 20);
  for (let size; (size = readSync(file, buffer)) > 0;) yield Buffer.from(buffer.subarray(0, size));
  closeSync(file);
}

function main() {
  const options = { 'expect-tip': { type: 'string' }, 'expect-head': { type: 'string' } };
  let result;
  let path;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== 1) throw new TypeError('Give one file.');
    [path] = positionals;
    result = verifyExport(chunksOf(path), { tip: values['expect-tip'], head: values['expect-head'] });
  } catch (error) {
    console.error(`verify-export: ${error.message}`);
    return 2;
  }
  for (const { line, event, what, expected, found } of result.faults)
    console.log(
      `${path}:${line}: ${event ?? '-'}: ${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
    );
  const { faults, end } = result;
  if (faults.length === 0) console.log(`Sound: ${JSON.stringify(end)}`);
  else console.log(`${faults.length} faults.`);
  return faults.length === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main();
