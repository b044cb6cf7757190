import * as semver from 'semver';
import {
  type AbandonDraft,
  type CommitDraft,
  type DiscardDraft,
  type SaveDraft,
  type StartDraft,
  wordsOf,
} from '../operation';
import {
  type Content,
  type Draft,
  NO_CONTENT,
  Refused,
  releasesOf,
  same,
  setRelease,
  versionsOf,
  type World,
} from './world';

const TYPES = ['patch', 'minor', 'major'] as const;
type Type = (typeof TYPES)[number];

export function startDraft(world: World, { draft, package: id, create, baseVersion }: StartDraft) {
  const releases = releasesOf(world, id);
  if (releases.size === 0 && !create) throw new Refused('PACKAGE_NOT_FOUND');
  if (baseVersion !== null && !releases.has(baseVersion)) throw new Refused('RELEASE_NOT_FOUND');
  const versions = versionsOf(world, id);
  const highest = versions.findLast((version) => releases.get(version)?.status !== 'committed') ?? versions.at(-1);
  const version = baseVersion ?? world.active.get(id) ?? highest ?? null;
  if (world.drafts.has(draft) || world.lastOfDraft.has(draft)) throw new Refused('BAD_USER_INPUT');
  const content = releases.get(version ?? '')?.content ?? NO_CONTENT;
  world.drafts.set(draft, { package: id, base: { version, content }, content, first: content, head: 0 });
  return draftFacts(world, draft);
}

export function saveDraft(world: World, { draft: name, text, requires, head }: SaveDraft) {
  const draft = living(world, name);
  if (head === 'first' && draft.head > 0) throw new Refused('DRAFT_CONFLICT');
  const manifest = requires === null ? draft.content.manifest : { version: '0.0.0', requires };
  change(world, name, { manifest, text });
  return draftFacts(world, name);
}

export function discardDraft(world: World, { draft: name }: DiscardDraft) {
  const draft = living(world, name);
  change(world, name, world.lastOfDraft.get(name)?.content ?? draft.base.content);
  return draftFacts(world, name);
}

export function abandonDraft(world: World, { draft }: AbandonDraft) {
  living(world, draft);
  world.drafts.delete(draft);
  return { abandoned: draft };
}

export function commitDraft(world: World, { draft: name, changeType, version: given }: CommitDraft) {
  const draft = living(world, name);
  const { package: id, content } = draft;
  const base = baseOf(world, name, draft);
  if (base.version !== null && changeType === null) throw new Refused('BAD_USER_INPUT');
  const type = base.version === null ? null : (changeType?.toLowerCase() as Type);
  const version =
    given === null ? nextVersion(world, name, draft, type) : givenVersion(world, name, draft, type, given);
  const last = world.lastOfDraft.get(name);
  const own = last === undefined || last.version === base.version ? null : last;
  if (same(content, own?.content ?? base.content) && version === (own?.version ?? version))
    throw new Refused('NOTHING_TO_COMMIT');
  if (content.manifest === null) throw new Refused('BAD_USER_INPUT');
  const needed = type === null ? null : neededType(base.content, content);
  if (type !== null && needed !== null && TYPES.indexOf(type) < TYPES.indexOf(needed))
    throw new Refused('CHANGE_TYPE_TOO_SMALL');

  const committed = { ...content, manifest: { ...content.manifest, version } };
  change(world, name, committed);
  setRelease(world, id, version, {
    status: 'committed',
    content: committed,
    base: base.version,
    draft: name,
    tagged: false,
  });
  world.lastOfDraft.set(name, { package: id, version, content: committed });
  world.log.push(`Committed ${id} ${version} ${name}`);
  return { committed: `${id} ${version}`, requires: committed.manifest.requires };
}

/** Ends a draft that holds nothing but what is locked now. */
export function endDraft(world: World, name: string, locked: Content): void {
  const draft = world.drafts.get(name);
  if (draft !== undefined && same(draft.content, locked)) world.drafts.delete(name);
}

/** What a commit that broke off before its event leaves behind: the version in the draft's manifest. */
export function draftFacts(world: World, name: string) {
  const draft = living(world, name);
  const base = baseOf(world, name, draft);
  const clean = world.lastOfDraft.get(name)?.content ?? base.content;
  return { draft: name, package: draft.package, base: base.version, dirty: !same(draft.content, clean) };
}

function living(world: World, name: string): Draft {
  const draft = world.drafts.get(name);
  if (draft === undefined) throw new Refused('DRAFT_NOT_FOUND');
  return draft;
}

function change(world: World, name: string, content: Content): void {
  const draft = living(world, name);
  if (!same(draft.content, content)) world.drafts.set(name, { ...draft, content, head: draft.head + 1 });
}

/** What it started from; once a release of its own is staged, that one. */
function baseOf(world: World, name: string, draft: Draft): Draft['base'] {
  const releases = releasesOf(world, draft.package);
  const last = releases.get(world.lastOfDraft.get(name)?.version ?? '');
  const version = last?.status === 'committed' ? last.base : (world.lastOfDraft.get(name)?.version ?? null);
  const release = releases.get(version ?? '');
  if (release?.status !== 'staged' || release.draft !== name) return draft.base;
  return { version, content: release.content };
}

function nextVersion(world: World, name: string, draft: Draft, type: Type | null): string {
  const base = baseOf(world, name, draft).version;
  const last = world.lastOfDraft.get(name)?.version;
  const own = releasesOf(world, draft.package).get(last ?? '');
  if (last !== undefined && own?.status === 'committed' && own.draft === name && semver.prerelease(last) === null) {
    if (base === null || type === null || isStep(base, last, type)) return last;
  }
  if (base === null || type === null) {
    requireFree(world, name, draft.package, '1.0.0');
    return '1.0.0';
  }
  let version = base;
  do version = semver.inc(version, type) ?? '';
  while (holder(world, name, draft.package, version) !== null);
  return version;
}

function givenVersion(world: World, name: string, draft: Draft, type: Type | null, given: string): string {
  const base = baseOf(world, name, draft).version;
  if (base !== null && type !== null && !isStep(base, given, type)) throw new Refused('BAD_USER_INPUT');
  requireFree(world, name, draft.package, given);
  return given;
}

function isStep(base: string, version: string, type: Type): boolean {
  if (semver.lte(version, base)) return false;
  const core = semver.coerce(version)?.version;
  if (semver.prerelease(base) !== null && core === semver.inc(base, type)) return true;
  const first = (['major', 'minor'] as const).find((part) => semver[part](version) !== semver[part](base)) ?? 'patch';
  return first === type;
}

function requireFree(world: World, name: string, id: string, version: string): void {
  const code = holder(world, name, id, version);
  if (code !== null) throw new Refused(code);
}

/** Why another version has to be taken; null when this one is free. */
function holder(world: World, name: string, id: string, version: string): string | null {
  const release = releasesOf(world, id).get(version);
  if (release === undefined) return null;
  if (release.status !== 'committed') return 'RELEASE_LOCKED';
  return release.draft !== name && world.drafts.has(release.draft ?? '') ? 'VERSION_TAKEN' : null;
}

/** Null when nothing changed but the version. */
function neededType(before: Content, after: Content): Type | null {
  const [had, has] = [before.manifest?.requires ?? [], after.manifest?.requires ?? []];
  if (has.some((id) => !had.includes(id))) return 'major';
  if (had.some((id) => !has.includes(id))) return 'minor';
  if (before.text === after.text) return null;
  return wordsOf(before.text) === wordsOf(after.text) ? 'patch' : 'minor';
}
