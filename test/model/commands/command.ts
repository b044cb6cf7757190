import type fc from 'fast-check';
import { type Called } from '../node/call';
import { type TestedNode } from '../node/tested-node';
import { type Operation, type Outcome, show } from '../operation';
import { perform } from '../world/perform';
import { type World } from '../world/world';
import { expectAgreement } from './expect-agreement';

/** The world as it should be, and what was done last. */
export interface Model {
  world: World;
  last: Operation | null;
}

/** An operation on what is there when its turn comes. */
export type Template<T extends Operation = Operation> = (world: World) => T;

/** What the commands of one test file did, so that a run that did nothing is seen. */
export const tally = { commands: 0, operations: 0, outcomes: new Map<string, number>() };

export function count(operation: Operation, outcome: Outcome): void {
  tally.operations += 1;
  const kind = 'refused' in outcome ? outcome.refused : `${operation.do} done`;
  tally.outcomes.set(kind, (tally.outcomes.get(kind) ?? 0) + 1);
}

/** A command that shows itself as what it did, and expects model and node to agree afterwards. */
export abstract class Command implements fc.AsyncCommand<Model, TestedNode> {
  private shown: string[] = [];

  check(): boolean {
    return true;
  }

  async run(model: Model, real: TestedNode): Promise<void> {
    tally.commands += 1;
    this.shown = [];
    await this.act(model, real);
    await expectAgreement(model.world, real);
  }

  toString(): string {
    return `${this.constructor.name}(${this.shown.join('; ')})`;
  }

  protected abstract act(model: Model, real: TestedNode): Promise<void>;

  protected say(text: string): void {
    this.shown.push(text);
  }

  /** Performs an operation and expects the answer that the world gives. */
  protected async perform(model: Model, real: TestedNode, operation: Operation): Promise<Called> {
    this.say(show(operation));
    model.last = operation;
    const called = await real.perform(operation);
    count(operation, called.outcome);
    expect(called.outcome).toEqual(perform(model.world, operation));
    return called;
  }
}
