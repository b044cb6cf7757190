import { type Step } from '../../../src/application';
import { type TestedNode } from '../node/tested-node';
import { isKeyed, type Operation, show } from '../operation';
import { perform, restart } from '../world/perform';
import { Command, count, type Model, type Template } from './command';

/** Steps after which the event is in the log although nobody was told of it. */
const DURABLE: readonly Step[] = ['appended', 'objects written', 'ref moved', 'projected'];

export class Restart extends Command {
  protected async act(model: Model, real: TestedNode): Promise<void> {
    await real.restart();
    restart(model.world);
  }
}

/** The process dies at a step of an operation. What was answered holds; what was not is sent again, and happens once. */
export class KillAndRestart extends Command {
  constructor(
    private readonly step: Step,
    private readonly template: Template,
  ) {
    super();
  }

  protected async act(model: Model, real: TestedNode): Promise<void> {
    const operation = withKey(this.template(model.world), `killed ${model.world.log.length}`);
    this.say(`at ${this.step}: ${show(operation)}`);
    const acknowledged = await real.kill(this.step, operation);
    if (acknowledged !== null) {
      count(operation, acknowledged.outcome);
      expect(acknowledged.outcome).toEqual(perform(model.world, operation));
    } else if (DURABLE.includes(this.step)) {
      perform(model.world, operation);
    }
    restart(model.world);
    if (isKeyed(operation)) await this.perform(model, real, operation);
  }
}

export class RebuildReadModels extends Command {
  protected async act(model: Model, real: TestedNode): Promise<void> {
    expect(await real.rebuild()).toBe(true);
    restart(model.world);
  }
}

/** The machine's clock is set; events stay in order all the same. */
export class SetClock extends Command {
  constructor(private readonly milliseconds: number) {
    super();
  }

  protected act(_model: Model, real: TestedNode): Promise<void> {
    this.say(`${this.milliseconds} ms`);
    real.clock.jump(this.milliseconds);
    return Promise.resolve();
  }
}

/** The pointer as it was after a move, asked by position, by moment and by revision. */
export class ReadAt extends Command {
  constructor(private readonly which: number) {
    super();
  }

  protected act({ world }: Model, real: TestedNode): Promise<void> {
    const moves = real.moves();
    const revision = this.which % moves.length;
    this.say(`move ${revision}`);
    const { readModel } = real.node().projections;
    const { position, metadata } = moves[revision]!;
    const last = moves.findLastIndex((move) => move.metadata.occurredAt <= metadata.occurredAt);
    expect(readModel.activeAtPosition(position).pointer).toEqual(world.moves[revision]?.pointer);
    expect(readModel.activeAt(metadata.occurredAt).pointer).toEqual(world.moves[last]?.pointer);
    expect(readModel.pointersAt([revision])).toEqual([world.moves[revision]?.pointer]);
    return Promise.resolve();
  }
}

function withKey(operation: Operation, key: string): Operation {
  return isKeyed(operation) ? { ...operation, key } : operation;
}
