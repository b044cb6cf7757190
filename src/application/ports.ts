/** Where time comes from; the only source of stored instants. */
export interface Clock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string;
}

/** Where unpredictable ids come from. */
export interface Ids {
  /** A random UUID. */
  uuid(): string;
}

/** The steps of a command and of what follows it, in order. Tests stop the process at them. */
export type Step = 'validated' | 'kept' | 'appended' | 'objects written' | 'ref moved' | 'projected';

/** Called, and awaited, when a step is done. */
export type StepHook = (step: Step) => Promise<void>;

/** Waits until this node's projections have passed a position, at most a bounded time. */
export type Projected = (position: string) => Promise<void>;

/**
 * Makes a commit readable by the other nodes of a shared log, before an event names it. Does nothing where there are none.
 * @throws Unavailable when that cannot be done now.
 */
export type ShareContent = (commit: string) => Promise<void>;
