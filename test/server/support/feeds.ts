import { type Following } from './follow';
import { type RunningSlipway } from './running-slipway';

export interface FeedMove {
  readonly id: string;
  readonly position: string;
  readonly commit: string | null;
  readonly pointer: object;
  readonly changes: readonly {
    readonly packageId: string;
    readonly toVersion: string | null;
    readonly release: { readonly state: string } | null;
  }[];
}
export interface FeedChange {
  readonly from: string | null;
  readonly to: string;
  readonly position: string;
  readonly release: { readonly version: string; readonly state: string; readonly package: { readonly id: string } };
}
export interface FeedEvent {
  readonly id: string;
  readonly type: string;
  readonly position: string;
}

type Feed<T> = (args?: string) => Promise<Following<T>>;

/** The subscriptions, each with what the tests read of it; arguments as they stand in the operation. */
export function feedsOf(slipway: RunningSlipway): {
  readonly moves: Feed<FeedMove>;
  readonly changes: Feed<FeedChange>;
  readonly events: Feed<FeedEvent>;
} {
  return {
    moves: (args = '') =>
      slipway.subscribe<FeedMove>(
        `subscription { activations${args} { id position commit pointer changes { packageId toVersion release { state } } } }`,
      ),
    changes: (args = '') =>
      slipway.subscribe<FeedChange>(
        `subscription { releaseChanges${args} { from to position release { version state package { id } } } }`,
      ),
    events: (args = '') => slipway.subscribe<FeedEvent>(`subscription { events${args} { id type position } }`),
  };
}
