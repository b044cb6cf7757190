import { explain, type Recorded, showHistory } from '../explain';
import { type TestedNode } from '../node/tested-node';
import { type LookedAt, type Move, type Operation, show } from '../operation';
import { draftsAgree } from './expect-agreement';
import { Command, count, type Model, type Template } from './command';

export class Do extends Command {
  constructor(private readonly template: Template) {
    super();
  }

  protected async act(model: Model, real: TestedNode): Promise<void> {
    await this.perform(model, real, this.template(model.world));
  }
}

/** From a new draft to a staged release, as far as it comes. */
export class Ship extends Command {
  constructor(private readonly templates: readonly Template[]) {
    super();
  }

  protected async act(model: Model, real: TestedNode): Promise<void> {
    for (const template of this.templates) await this.perform(model, real, template(model.world));
  }
}

/** There and back: two releases of one package, activated and rolled back. */
export class RoundTrip extends Ship {}

/** What was done last, once more: under the same key, or with a key that it had not; or with another content under the same key. */
export class RetryLast extends Command {
  constructor(private readonly isOther: boolean) {
    super();
  }

  protected async act(model: Model, real: TestedNode): Promise<void> {
    const { last } = model;
    if (last === null) return;
    await this.perform(model, real, this.isOther ? withOtherWords(last) : last);
  }
}

/** Looks at a plan, lets something happen, and carries out what was looked at. */
export class PlanThenAct extends Command {
  constructor(
    private readonly move: Template<Move>,
    private readonly between: Template | null,
  ) {
    super();
  }

  protected async act(model: Model, real: TestedNode): Promise<void> {
    const move = this.move(model.world);
    const { plan, outcome } = await this.perform(model, real, { do: 'plan', of: move });
    if (this.between !== null) await this.perform(model, real, this.between(model.world));
    if (plan === null || !('done' in outcome)) return;
    const looked: LookedAt = { id: plan.id, changes: outcome.done['changes'] as readonly string[] }; // as the model tells it
    await this.perform(model, real, { ...move, plan: looked });
  }
}

/** Two operations side by side: what came of it is what one after the other would have given, in one order or the other. */
export class ConcurrentPair extends Command {
  constructor(private readonly templates: readonly [Template, Template]) {
    super();
  }

  protected async act(model: Model, real: TestedNode): Promise<void> {
    const operations = this.templates.map((template) => template(model.world));
    this.say(operations.map(show).join(' || '));
    const calls = await Promise.all(
      operations.map(async (operation, at): Promise<Recorded> => {
        const id = `side ${at} of ${model.world.log.length}`;
        const { outcome } = await real.perform(operation, id);
        count(operation, outcome);
        return { id, operation, outcome, called: 0, returned: 1 };
      }),
    );
    model.last = operations[1] ?? null;
    const before = real.events().length;
    await real.readLog();
    const events = real.events().slice(before);
    for (const world of explain(model.world, calls, events)) {
      if (!(await draftsAgree(world, real))) continue;
      model.world = world;
      return;
    }
    throw new Error(`No order explains it:\n${showHistory(calls, events)}`);
  }
}

function withOtherWords(operation: Operation): Operation {
  if ('reason' in operation) return { ...operation, reason: `${operation.reason}, said otherwise` };
  if ('message' in operation) return { ...operation, message: `${operation.message}, said otherwise` };
  return operation.do === 'stageRelease' ? { ...operation, commit: 'other' } : operation;
}
