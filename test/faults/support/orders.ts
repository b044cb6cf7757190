import { type Step } from '../../../src/application';

/** What a process under faults is told to do while it runs. */
export type Order =
  | { readonly order: 'count' }
  /** Counted from now, from 1. */
  | { readonly order: 'die at call'; readonly call: number; readonly moment: 'before' | 'after' }
  | { readonly order: 'die at step'; readonly step: Step }
  /** Once. */
  | { readonly order: 'fail at step'; readonly step: Step }
  | { readonly order: 'throw in a timer' }
  | { readonly order: 'clock'; readonly offsetMs: number };

/** What it is told before it starts. */
export interface BootOrder {
  /** Dies at this call of a port, counted from 1, while it starts. */
  readonly dieAtCall?: number;
  readonly moment?: 'before' | 'after';
  /** Milliseconds that its clock is ahead of the machine's. */
  readonly clockOffsetMs?: number;
  /** Prints nothing of the faults that it meets. */
  readonly quiet?: boolean;
}
