import { type ObjectId } from './git-repository';

/** Moves whole histories between repositories. The only place where the `git` program runs. */
export interface Transfer {
  /**
   * Copies the history that `branch` names (the source's HEAD when null) into the bare repository at `into` as the ref `ref`.
   * The source is a path, a bundle file, or the address of a remote (see `parseRemoteAddress`); nothing of it is executed, no
   * hooks run, no prompt appears, and what arrives is checked.
   *
   * @returns the commit id that `ref` now names.
   * @throws TransferFailed with the program's own words; RemoteAddressInvalid.
   */
  import(
    source: string,
    options: { readonly into: string; readonly branch: string | null; readonly ref: string },
  ): Promise<string>;

  /**
   * Copies commits with all that they lead to from one bare repository of this machine into another, as one pack. Refs are
   * neither needed nor made. What arrives is checked and whole: none of it is there when it fails.
   *
   * @throws TransferFailed also when the source has lost any of it.
   */
  copyCommits(commits: readonly ObjectId[], places: { readonly from: string; readonly into: string }): Promise<void>;
}

/** What a {@link TransferFailed} says where there is no `git` program. */
export const GIT_MISSING = 'The git program was not found: install git and make sure that it is on the PATH.';

/** The `git` program is missing or refused. */
export class TransferFailed extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'TransferFailed';
  }
}

/** Where a ref of a remote is to stand. Nothing else is ever asked of a remote. */
export type RefUpdate =
  /** Forward. */
  | { readonly ref: string; readonly next: ObjectId }
  /**
   * Made only where there is no such ref (null): of several who ask for one name, one gets it. Else moved to wherever, only while it
   * stands at `expected`: a work in progress, and nothing else.
   */
  | { readonly ref: string; readonly next: ObjectId; readonly expected: ObjectId | null }
  /** Taken away only while it stands at `expected`. */
  | { readonly ref: string; readonly next: null; readonly expected: ObjectId };

/** What a remote said to a push. A ref that is in neither is one of which nothing is known. */
export interface PushAnswer {
  readonly accepted: ReadonlySet<string>;
  /** Why, in the words of the remote and of git, by ref. */
  readonly refused: ReadonlyMap<string, string>;
}

/** One remote of one repository. Every call ends by the signal, or when it takes too long. */
export interface Remote {
  /**
   * Where the refs of the remote stand.
   * @param which branches and tags alone, which is cheap however many other refs there are; with the work in progress of drafts; or all.
   * @throws TransferFailed
   */
  refs(
    which: 'branches and tags' | 'branches, tags and drafts' | 'all',
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ObjectId>>;

  /**
   * Pushes without force: a branch moves forward only, a tag never moves; what has an `expected` is compare-and-set.
   * @throws TransferFailed when the outcome is not known: read the refs.
   */
  push(updates: readonly RefUpdate[], signal: AbortSignal): Promise<PushAnswer>;

  /**
   * Brings what a ref of the remote names into the repository, as the ref `into`. What arrives is checked and limited in size.
   * @throws TransferFailed
   */
  fetch(ref: string, into: string, signal: AbortSignal): Promise<void>;

  /**
   * Brings refs of the remote, and all that they lead to, into the repository under their own names. What arrives is checked; a ref
   * is made only when everything below it is here.
   * @throws TransferFailed
   */
  fetchAll(refs: readonly string[], signal: AbortSignal): Promise<void>;
}

/**
 * The first-parent history of a commit of the repository down to another one, oldest first, without that one.
 * Down to its beginning where `from` is null.
 *
 * @returns null when `from` is not in that history.
 * @throws TransferFailed
 */
export type ListFirstParents = (range: {
  readonly from: ObjectId | null;
  readonly to: ObjectId;
}) => Promise<readonly ObjectId[] | null>;
