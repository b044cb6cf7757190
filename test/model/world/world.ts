import * as semver from 'semver';

/** Files of a release, as far as they differ between releases of these tests. */
export interface Content {
  readonly manifest: { readonly version: string; readonly requires: readonly string[] } | null;
  readonly text: number | null;
}

export interface Release {
  readonly status: 'adopted' | 'committed' | 'staged';
  readonly content: Content;
  readonly base: string | null;
  readonly draft: string | null;
  readonly tagged: boolean;
}

export interface Draft {
  readonly package: string;
  readonly base: { readonly version: string | null; readonly content: Content };
  readonly content: Content;
  readonly first: Content;
  /** How often it changed. */
  readonly head: number;
}

export interface PastMove {
  readonly type: 'PointerAdopted' | 'Activated' | 'RolledBack' | 'Deactivated';
  readonly changes: readonly { readonly package: string; readonly from: string | null; readonly to: string | null }[];
  /** The whole map after it. */
  readonly pointer: Readonly<Record<string, string>>;
}

/** Everything that Slipway has to remember, as plainly as it can be said. Plain data: it is copied to try something out. */
export interface World {
  readonly releases: Map<string, Map<string, Release>>;
  readonly drafts: Map<string, Draft>;
  readonly lastOfDraft: Map<string, { readonly package: string; readonly version: string; readonly content: Content }>;
  readonly active: Map<string, string>;
  readonly stacks: Map<string, string[]>;
  readonly everActive: Map<string, Set<string>>;
  readonly moves: PastMove[];
  /** Every event in one line, oldest first. */
  readonly log: string[];
  /** What was done under an idempotency key: once, with one answer. */
  readonly seen: Map<string, { readonly body: string; readonly answer: Readonly<Record<string, unknown>> }>;
}

/** An operation of the world is refused. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly blockers?: readonly string[],
  ) {
    super(code);
  }
}

export const NO_CONTENT: Content = { manifest: null, text: null };

export function same(a: Content, b: Content): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function releasesOf(world: World, id: string): Map<string, Release> {
  return world.releases.get(id) ?? new Map<string, Release>();
}

export function setRelease(world: World, id: string, version: string, release: Release): void {
  world.releases.set(id, releasesOf(world, id).set(version, release));
}

/** Versions of a package, ascending. */
export function versionsOf(world: World, id: string): readonly string[] {
  return [...releasesOf(world, id).keys()].sort(semver.compare);
}

export function requiresOf(world: World, id: string, version: string): readonly string[] {
  return releasesOf(world, id).get(version)?.content.manifest?.requires ?? [];
}

export function wasActive(world: World, id: string, version: string): boolean {
  return world.everActive.get(id)?.has(version) === true;
}

/** May be activated, as far as the release itself is concerned. */
export function isActivatable(world: World, id: string, version: string): boolean {
  return (
    semver.prerelease(version) === null &&
    (releasesOf(world, id).get(version)?.status === 'staged' || wasActive(world, id, version))
  );
}

/** The state of every release as people see it. */
export function releaseStates(world: World): Readonly<Record<string, string>> {
  const states = [...world.releases].flatMap(([id, releases]) =>
    [...releases].map(([version, { status }]) => {
      const isActive = world.active.get(id) === version;
      const unmoved = status === 'staged' ? 'STAGED' : 'COMMITTED';
      const state = isActive ? 'RELEASED' : wasActive(world, id, version) ? 'SUPERSEDED' : unmoved;
      return [`${id} ${version}`, state] as const;
    }),
  );
  return Object.fromEntries(states.sort(([a], [b]) => (a < b ? -1 : 1)));
}
