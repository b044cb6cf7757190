import { type Following } from './follow';
import { type RunningSlipway } from './running-slipway';

/** A drift as the tests look at it. */
export interface SeenDrift {
  readonly ref: string;
  readonly place: string;
  readonly kind: string;
  readonly expected: string;
  readonly found: string | null;
  readonly stopsPublishing: boolean;
  readonly commits: readonly {
    readonly id: string;
    readonly author: string;
    readonly email: string;
    readonly subject: string;
    readonly changedPaths: readonly string[];
  }[];
  readonly files: readonly { readonly path: string; readonly change: string; readonly unified: string | null }[];
  readonly remedies: readonly string[];
}

export interface SeenChange {
  readonly transition: string;
  readonly drift: SeenDrift;
}

export interface SeenResolution {
  readonly ref: string;
  readonly kept: string | null;
  readonly branch: string | null;
}

const SEEN =
  'ref place kind expected found stopsPublishing remedies ' +
  'commits { id author email subject changedPaths } files { path change unified }';

/** Drift of a running server, through its front door. */
export function driftOf(slipway: RunningSlipway): {
  readonly seen: () => Promise<readonly SeenDrift[]>;
  readonly resolve: (remedy: string, input?: object) => Promise<readonly SeenResolution[]>;
  readonly follow: () => Promise<Following<SeenChange>>;
  readonly readyz: () => Promise<{ readonly status: number; readonly body: unknown }>;
} {
  return {
    seen: async () => (await slipway.ask(`{ drift { ${SEEN} } }`)).drift as readonly SeenDrift[],
    resolve: async (remedy, input = {}) => {
      const mutation = `mutation ($input: ResolveDriftInput!) {
        resolveDrift(input: $input) { resolved { ref kept branch } } }`;
      const data = await slipway.ask(mutation, { input: { remedy, ...input } });
      return data.resolveDrift.resolved as readonly SeenResolution[];
    },
    follow: () => slipway.subscribe<SeenChange>(`subscription { driftChanged { transition drift { ${SEEN} } } }`),
    readyz: async () => {
      const answer = await fetch(new URL('/readyz', slipway.url));
      return { status: answer.status, body: await answer.json() };
    },
  };
}
