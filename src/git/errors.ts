import { type EntryMode, type ObjectId } from './git-repository';

const MODE_WORDS: Readonly<Record<EntryMode, string>> = {
  '040000': 'directory',
  '100644': 'file',
  '100755': 'file',
  '120000': 'symbolic link',
  '160000': 'submodule',
};

/** An object that must be there cannot be read: missing, truncated or damaged. */
export class ObjectMissing extends Error {
  constructor(
    readonly oid: ObjectId,
    options?: { cause?: unknown },
  ) {
    super(`Git object ${oid} cannot be read.`, options);
    this.name = 'ObjectMissing';
  }
}

/**
 * Content that the log names is not here yet, and its remote cannot be reached or does not hold it. It is asked for again: not a
 * fault of this repository.
 */
export class ContentAwaited extends ObjectMissing {
  constructor(oid: ObjectId, why: string, options?: { cause?: unknown }) {
    super(oid, options);
    this.message = `Waits for content: Git object ${oid} is not here yet, and ${why}`;
    this.name = 'ContentAwaited';
  }
}

/** What is read of an object; null where that is missing, truncated or damaged. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ObjectMissing) return null;
    throw error;
  }
}

/** The ref exists but does not hold an object id. */
export class RefUnreadable extends Error {
  constructor(
    readonly ref: string,
    options?: { cause?: unknown },
  ) {
    super(`Git ref ${ref} exists but cannot be read.`, options);
    this.name = 'RefUnreadable';
  }
}

/** The ref moved since it was read. */
export class RefConflict extends Error {
  constructor(
    readonly ref: string,
    readonly expected: ObjectId | null,
    readonly actual: ObjectId | null,
  ) {
    super(`Git ref ${ref} is at ${actual ?? 'nothing'}, not at ${expected ?? 'nothing'}.`);
    this.name = 'RefConflict';
  }
}

/** A symbolic link, a submodule or another thing stands in a tree where it cannot be used. */
export class UnsupportedTreeEntry extends Error {
  constructor(
    readonly path: string,
    readonly mode: EntryMode,
    need = 'only files and directories can be part of a release.',
  ) {
    super(`${path} is a ${MODE_WORDS[mode]}: ${need}`);
    this.name = 'UnsupportedTreeEntry';
  }
}

/** A name that must never stand in a tree, or not beside those that stand there. */
export class UnsafeTreeEntry extends Error {
  constructor(
    readonly entry: string,
    why = 'cannot be the name of a file or directory.',
  ) {
    super(`${JSON.stringify(entry)} ${why}`);
    this.name = 'UnsafeTreeEntry';
  }
}

/** A ref cannot be written as the repository stands: its name is refused, or another ref is in its way. */
export class RefUnavailable extends Error {
  constructor(
    readonly ref: string,
    reason: string,
    options?: { cause?: unknown },
  ) {
    super(`Git ref ${JSON.stringify(ref)} cannot be used: ${reason}`, options);
    this.name = 'RefUnavailable';
  }
}

/** A ref cannot be written right now: another program holds its lock. Trying again may do. */
export class RefHeld extends RefUnavailable {
  constructor(ref: string, reason: string, options?: { cause?: unknown }) {
    super(ref, reason, options);
    this.name = 'RefHeld';
  }
}

/** Text that could pose as another header of a commit or tag, or end its message early. */
export class UnsafeSignature extends Error {
  constructor(readonly text: string) {
    super(
      `${JSON.stringify(text)} cannot stand in a commit: names and addresses are one line without < and >, messages hold no NUL.`,
    );
    this.name = 'UnsafeSignature';
  }
}

/** The directory is no repository that this program can work on. */
export class RepositoryUnusable extends Error {
  constructor(
    readonly gitdir: string,
    reason: string,
    options?: { cause?: unknown },
  ) {
    super(`${gitdir} cannot be used as the repository: ${reason}`, options);
    this.name = 'RepositoryUnusable';
  }
}

/** `main` or a tag is not what the log predicts: publishing stops until an operator has looked. */
export class Drift extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Drift';
  }
}
