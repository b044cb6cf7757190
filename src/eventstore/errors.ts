import { type ExpectedRevision } from './event-store';

/** The stream is not where the writer expected it: somebody else appended first. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`Stream ${stream} is at ${String(actual)}, not at ${String(expected)}.`);
    this.name = 'WrongExpectedRevision';
  }
}

/** The events do not fit the limit of one append that every store keeps. */
export class AppendTooLarge extends Error {
  constructor(
    readonly stream: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`An append to ${stream} has ${String(bytes)} bytes; at most ${String(limit)} are allowed.`);
    this.name = 'AppendTooLarge';
  }
}

/** The store cannot be read or written. After an append the outcome is unknown: read the stream to learn it. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** The file is this node's copy of a log that a KurrentDB keeps: it is not opened as the log itself. */
export class LogKeptElsewhere extends StoreUnavailable {
  override readonly name = 'LogKeptElsewhere';
}

/** What was read is not what was written: a gap in revisions or positions, or unreadable JSON. The hash chain is {@link chainFault}'s. */
export class LogDamaged extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'LogDamaged';
  }
}

/** A position string that is malformed, of another log, or ahead of the head. */
export class UnknownPosition extends Error {
  constructor(readonly position: string) {
    super(`Position ${JSON.stringify(position)} is not one of this log.`);
    this.name = 'UnknownPosition';
  }
}

/** The caller broke a rule of the port: envelopes that do not belong together, or an event id that is taken. Nothing is written. */
export class InvalidAppend extends Error {
  constructor(
    readonly stream: string,
    reason: string,
  ) {
    super(`The append to ${stream} is not valid: ${reason}`);
    this.name = 'InvalidAppend';
  }
}

/** Another process serves this data directory. */
export class DataDirectoryInUse extends Error {
  constructor(
    readonly directory: string,
    /** Process id of the holder, where it is known. */
    readonly pid: number | null,
    options?: { cause?: unknown },
  ) {
    const holder = pid === null ? 'another process' : `another process (pid ${String(pid)})`;
    super(
      `The data directory ${directory} is in use by ${holder}. Stop it first, or choose another directory.`,
      options,
    );
    this.name = 'DataDirectoryInUse';
  }
}
