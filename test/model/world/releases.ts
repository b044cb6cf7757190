import { type StageRelease, type TagRelease, TEXT_WITH_ERROR } from '../operation';
import { endDraft } from './drafts';
import {
  type Content,
  Refused,
  type Release,
  releasesOf,
  requiresOf,
  setRelease,
  wasActive,
  type World,
} from './world';

export function stageRelease(world: World, { package: id, version, commit }: StageRelease) {
  const release = known(world, id, version);
  if (release.status === 'staged' || wasActive(world, id, version)) throw new Refused('RELEASE_LOCKED');
  if (commit === 'other') throw new Refused('RELEASE_CHANGED');
  const staged = isValid(world, id, release.content);
  if (staged) setRelease(world, id, version, { ...release, status: 'staged' });
  if (staged && release.draft !== null) endDraft(world, release.draft, release.content);
  world.log.push(`${staged ? 'Staged' : 'ValidationFailed'} ${id} ${version}`);
  return { staged, release: `${id} ${version}` };
}

/** Tagging again answers the first tag, and is no event. */
export function tagRelease(world: World, { package: id, version }: TagRelease) {
  const release = known(world, id, version);
  if (release.status === 'committed') throw new Refused('RELEASE_NOT_STAGED');
  if (!release.tagged) world.log.push(`Tagged ${id} ${version}`);
  setRelease(world, id, version, { ...release, tagged: true });
  return { tag: `${id}/v${version}` };
}

function known(world: World, id: string, version: string): Release {
  if (releasesOf(world, id).size === 0) throw new Refused('PACKAGE_NOT_FOUND');
  const release = releasesOf(world, id).get(version);
  if (release === undefined) throw new Refused('RELEASE_NOT_FOUND');
  return release;
}

/** A text without error, and required packages that exist and do not lead back. */
function isValid(world: World, id: string, { manifest, text }: Content): boolean {
  const requires = manifest?.requires ?? [];
  const exists = (other: string): boolean =>
    world.active.has(other) || [...releasesOf(world, other).values()].some(({ status }) => status !== 'committed');
  return text !== TEXT_WITH_ERROR && requires.every((other) => exists(other) && !leadsTo(world, other, id));
}

/** Whether what is active leads from one package to another. */
function leadsTo(world: World, from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const id of reached) {
    const version = id === to ? undefined : world.active.get(id);
    if (version !== undefined) for (const next of requiresOf(world, id, version)) reached.add(next);
  }
  return reached.has(to);
}
