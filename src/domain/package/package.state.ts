import { type Actor } from '../actor';
import { type EventEnvelope } from '../envelope';
import { type PackageEvent } from '../events';
import { type PackageId } from '../package-id';
import { type ChangeType, type Version } from '../version';

interface ReleaseFacts {
  readonly version: Version;
  readonly commit: string;
  readonly tree: string;
  readonly displayName: string | null;
  readonly requires: readonly PackageId[];
  readonly message: string;
  readonly changeType: ChangeType | null;
  readonly baseVersion: Version | null;
  /** The draft it was committed from; null when it was adopted. */
  readonly draft: string | null;
  readonly committedBy: Actor;
  readonly committedAt: string;
  readonly tag: string | null;
}

/** Taken over from an existing repository: locked from the start. */
export interface AdoptedRelease extends ReleaseFacts {
  readonly status: 'adopted';
}

/** Committed from a draft; may be committed again by that draft until it is staged. */
export interface CommittedRelease extends ReleaseFacts {
  readonly status: 'committed';
  readonly draft: string;
}

/** Validated and locked by its tree id. */
export interface StagedRelease extends ReleaseFacts {
  readonly status: 'staged';
  readonly adopted: boolean;
  readonly stagedBy: Actor;
  readonly stagedAt: string;
  /** Digest of the rules that it passed. */
  readonly rulesetDigest: string;
}

export type Release = AdoptedRelease | CommittedRelease | StagedRelease;

/** What decisions about one package need to know. */
export interface PackageState {
  readonly releases: ReadonlyMap<Version, Release>;
  /** For each draft that ever committed: the release its last commit made. */
  readonly lastOfDraft: ReadonlyMap<
    string,
    { readonly version: Version; readonly commit: string; readonly tree: string }
  >;
}

export const UNKNOWN_PACKAGE: PackageState = { releases: new Map(), lastOfDraft: new Map() };

/** Folds one event of a `package-<id>` stream. Never refuses, never computes. */
export function evolvePackage(state: PackageState, event: EventEnvelope<PackageEvent>): PackageState {
  const { actor, occurredAt } = event.metadata;
  switch (event.type) {
    case 'ReleaseAdopted': {
      const { package: _, origin, ...facts } = event.data;
      return withRelease(state, {
        ...facts,
        status: 'adopted',
        message: origin?.subject ?? `Adopted from ${facts.commit}`,
        changeType: null,
        baseVersion: null,
        draft: null,
        committedBy: origin === null ? actor : { id: origin.email, name: origin.name },
        committedAt: origin?.at ?? occurredAt,
        tag: null,
      });
    }
    case 'Committed': {
      const { package: _, ...facts } = event.data;
      const { version, commit, tree } = facts;
      return {
        ...withRelease(state, {
          ...facts,
          status: 'committed',
          committedBy: actor,
          committedAt: occurredAt,
          tag: null,
        }),
        lastOfDraft: new Map(state.lastOfDraft).set(facts.draft, { version, commit, tree }),
      };
    }
    case 'Staged': {
      const release = state.releases.get(event.data.version);
      if (release === undefined) return state;
      return withRelease(state, {
        ...release,
        status: 'staged',
        adopted: release.status === 'adopted',
        stagedBy: actor,
        stagedAt: occurredAt,
        rulesetDigest: event.data.report.rulesetDigest,
      });
    }
    case 'Tagged': {
      const release = state.releases.get(event.data.version);
      return release === undefined ? state : withRelease(state, { ...release, tag: event.data.tag });
    }
    case 'ValidationFailed':
      return state;
  }
}

function withRelease(state: PackageState, release: Release): PackageState {
  return { ...state, releases: new Map(state.releases).set(release.version, release) };
}
