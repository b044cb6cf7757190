import { type Answer } from '../../server/support/graphql-client';
import { type FaultyNode } from './faulty-node';
import { type OwnRecord } from './own-record';

/** Codes that say nothing about whether the command happened. */
const UNKNOWN_OUTCOME = ['UNAVAILABLE', 'INTERNAL'];

/** How a command ended for its client. */
export type Outcome =
  | { readonly ended: 'acknowledged'; readonly payload: Payload }
  | { readonly ended: 'refused'; readonly code: string; readonly message: string }
  /** No answer, or one that promises nothing. */
  | { readonly ended: 'unknown'; readonly code: string | null };

export interface Payload {
  readonly position: string;
  readonly [field: string]: unknown;
}

interface Release {
  readonly version: string;
  readonly commit: string;
  readonly tree: string;
}

interface Operation {
  readonly selection: string;
  /** What the event's data must hold, from the answer. */
  readonly facts: (payload: Payload) => Readonly<Record<string, unknown>>;
}

const releaseFacts = ({ release }: Payload): Readonly<Record<string, unknown>> => {
  const { version, commit, tree } = release as Release;
  return { version, commit, tree };
};
const RELEASE: Operation = { selection: 'release { version commit tree }', facts: releaseFacts };
const MOVE: Operation = {
  selection: 'activation { id changes { packageId fromVersion toVersion } }',
  facts: ({ activation }) => {
    const { changes } = activation as { changes: readonly { packageId: string; toVersion: string | null }[] };
    return { changes: changes.map(({ packageId, toVersion }) => ({ package: packageId, toVersion })) };
  },
};

/** The commands that append an event. */
export const OPERATIONS = {
  commitDraft: RELEASE,
  stageRelease: { ...RELEASE, selection: `staged ${RELEASE.selection}` },
  activateReleases: MOVE,
  rollback: MOVE,
  rollbackActivation: MOVE,
  deactivate: MOVE,
  tagRelease: { selection: 'tag', facts: ({ tag }) => ({ tag }) },
} satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

/** Sends commands and writes down, before and after, what it knows of them. */
export interface RecordingClient {
  /** A command that appends an event, under a key of its own. */
  send(node: FaultyNode, operation: OperationName, key: string, input: object): Promise<Outcome>;
  /** Begins a draft under a name; that it exists already is as good. */
  start(node: FaultyNode, packageId: string, draft: string): Promise<boolean>;
  save(node: FaultyNode, draft: string, path: string, text: string): Promise<boolean>;
  /** A draft that ends, for its release was staged. */
  ends(draft: string, path: string): void;
}

export function recordingClient(record: OwnRecord): RecordingClient {
  const draftCommand = (node: FaultyNode, mutation: string, input: object): Promise<Answer | null> =>
    node.run(...operationText(mutation, 'draft { id }', input));

  return {
    send: async (node, operation, key, input) => {
      const { selection, facts } = OPERATIONS[operation];
      record.sent(key, operation);
      const answer = await node.run(
        ...operationText(operation, `position ${selection}`, { ...input, idempotencyKey: key }),
      );
      const payload = (answer?.data as Record<string, Payload> | null | undefined)?.[operation];
      if (payload != null) {
        record.acknowledged(key, { position: payload.position, facts: facts(payload) });
        return { ended: 'acknowledged', payload };
      }
      const [error] = answer?.errors ?? [];
      if (error === undefined || UNKNOWN_OUTCOME.includes(error.extensions.code))
        return { ended: 'unknown', code: error?.extensions.code ?? null };
      record.refused(key, error.extensions.code);
      return { ended: 'refused', code: error.extensions.code, message: error.message };
    },
    start: async (node, packageId, name) => {
      const answer = await draftCommand(node, 'startDraft', { package: packageId, name });
      return answer !== null && (answer.errors.length === 0 || /exists|taken/i.test(answer.errors[0]?.message ?? ''));
    },
    save: async (node, draft, path, text) => {
      record.text(draft, path, text, false);
      const answer = await draftCommand(node, 'saveArtifacts', { draft, changes: [{ path, content: text }] });
      const saved = answer !== null && answer.errors.length === 0;
      if (saved) record.text(draft, path, text, true);
      return saved;
    },
    ends: (draft, path) => record.text(draft, path, null, false),
  };
}

function operationText(mutation: string, selection: string, input: object): [query: string, variables: object] {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`;
  return [`mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`, { input }];
}
