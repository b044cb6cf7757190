import { endState, type EndState } from './end-state';
import { type FaultyNode, type NodeOptions, startFaulty } from './faulty-node';
import { PAIRS, withNumber } from './load';
import { type OwnRecord } from './own-record';
import { type OperationName, type Outcome, type Payload, recordingClient } from './recording-client';

/** A command that has not been sent yet. */
export interface Prepared {
  readonly operation: OperationName;
  readonly input: object;
  readonly key: string;
}

const [FIRST, SECOND] = PAIRS[2]!;

/** A data directory, the client that writes to it, and the servers that come and go on it. */
export class Ground {
  readonly client;
  #number = 0;
  #nodes: FaultyNode[] = [];

  constructor(
    readonly dataDirectory: string,
    readonly record: OwnRecord,
    /** How each server on it is started. */
    readonly options: NodeOptions = {},
  ) {
    this.client = recordingClient(record);
  }

  /** @throws NotStarted */
  async start(options: NodeOptions = {}): Promise<FaultyNode> {
    const node = await startFaulty(this.dataDirectory, { ...this.options, ...options });
    this.#nodes.push(node);
    return node;
  }

  /** Ends whatever still runs. */
  async close(): Promise<void> {
    for (const node of this.#nodes) await node.kill();
  }

  key(): string {
    return `key ${(this.#number += 1)}`;
  }

  send(node: FaultyNode, { operation, key, input }: Prepared): Promise<Outcome> {
    return this.client.send(node, operation, key, input);
  }

  /** @throws Error when it is not acknowledged. */
  async must(node: FaultyNode, operation: OperationName, input: object): Promise<Payload> {
    const outcome = await this.send(node, { operation, input, key: this.key() });
    if (outcome.ended === 'acknowledged') return outcome.payload;
    throw new Error(`${operation} was not acknowledged: ${JSON.stringify(outcome)} ${node.complaints()}`);
  }

  /** A draft with a text of its own. Answers its id. */
  async draft(node: FaultyNode, { id, path, text } = FIRST): Promise<string> {
    const draft = `draft-${(this.#number += 1)}`;
    await this.client.start(node, id, draft);
    await this.client.save(node, draft, path, withNumber(text, (this.#number += 1)));
    return draft;
  }

  async committed(node: FaultyNode, subject = FIRST): Promise<{ readonly package: string; readonly version: string }> {
    const draft = await this.draft(node, subject);
    const { release } = await this.must(node, 'commitDraft', commitOf(draft));
    this.client.ends(draft, subject.path);
    return { package: subject.id, version: (release as { version: string }).version };
  }

  async staged(node: FaultyNode, subject = FIRST): Promise<{ readonly package: string; readonly version: string }> {
    const release = await this.committed(node, subject);
    const { staged } = await this.must(node, 'stageRelease', release);
    if (staged !== true) throw new Error(`${release.package} ${release.version} was not staged.`);
    return release;
  }

  /** Everything before a command of this kind, done; the command itself ready to be sent. */
  async prepare(node: FaultyNode, operation: OperationName | 'set'): Promise<Prepared> {
    const ready = (input: object, name = operation as OperationName): Prepared => ({
      operation: name,
      input,
      key: this.key(),
    });
    switch (operation) {
      case 'commitDraft':
        return ready(commitOf(await this.draft(node)));
      case 'stageRelease':
        return ready(await this.committed(node));
      case 'tagRelease':
        return ready(await this.staged(node));
      case 'activateReleases':
        return ready({ releases: [await this.staged(node)], reason: 'Ready' });
      case 'set':
        return ready(
          { releases: [await this.staged(node), await this.staged(node, SECOND)], reason: 'Both' },
          'activateReleases',
        );
      case 'rollback': {
        const release = await this.staged(node);
        await this.must(node, 'activateReleases', { releases: [release], reason: 'Ready' });
        return ready({ package: release.package, reason: 'Not ready' });
      }
      case 'rollbackActivation': {
        const { activation } = await this.must(node, 'activateReleases', {
          releases: [await this.staged(node), await this.staged(node, SECOND)],
          reason: 'Both',
        });
        return ready({ activation: (activation as { id: string }).id, reason: 'Both back' });
      }
      case 'deactivate':
        throw new Error('Nothing prepares a deactivation.');
    }
  }

  endState(node: FaultyNode): Promise<EndState> {
    return endState(node, this.dataDirectory, this.record);
  }
}

function commitOf(draft: string): object {
  return { draft, message: `Change ${draft}`, changeType: 'MINOR' };
}

/** All that an end state says against the server, in one list. */
export function foundIn({ lost, twice, invented, disagreements }: EndState): readonly string[] {
  return [
    ...lost.map((name) => `lost: ${name}`),
    ...twice.map((name) => `twice: ${name}`),
    ...invented.map((name) => `invented: ${name}`),
    ...disagreements,
  ];
}
