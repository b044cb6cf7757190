import { type Template } from '../commands/command';
import { type Called } from '../node/call';
import { type Move, type Operation, show } from '../operation';
import { type World } from '../world/world';

/** Calls a use case of the client's node. */
export type Act = (operation: Operation) => Promise<Called>;

/** What a client of a race does next. Shows itself as what it did, so that people can read what failed. */
export abstract class Step {
  private shown: string[] = [];

  /** Acts on what the client saw when the race began. */
  async take(seen: World, act: Act): Promise<void> {
    this.shown = [];
    await this.act(seen, (operation) => {
      this.shown.push(show(operation));
      return act(operation);
    });
  }

  toString(): string {
    return this.shown.length === 0 ? 'not reached' : this.shown.join('; ');
  }

  protected abstract act(seen: World, act: Act): Promise<void>;
}

export class Call extends Step {
  constructor(private readonly template: Template) {
    super();
  }

  protected async act(seen: World, act: Act): Promise<void> {
    await act(this.template(seen));
  }
}

/** Looks at the plan of a move, and carries out what was looked at. */
export class LookThenMove extends Step {
  constructor(private readonly move: Template<Move>) {
    super();
  }

  protected async act(seen: World, act: Act): Promise<void> {
    const move = this.move(seen);
    const { plan, outcome } = await act({ do: 'plan', of: move });
    if (plan === null || !('done' in outcome)) return;
    const changes = outcome.done['changes'] as readonly string[]; // as the model tells it
    await act({ ...move, plan: { id: plan.id, changes } });
  }
}

/** Begins a draft, writes it and commits it, under a name that somebody else may take first. */
export class BeginDraft extends Step {
  constructor(
    private readonly draft: string,
    private readonly packageId: string,
  ) {
    super();
  }

  protected async act(_seen: World, act: Act): Promise<void> {
    const { draft, packageId: id } = this;
    await act({ do: 'startDraft', draft, package: id, create: true, baseVersion: null });
    await act({ do: 'saveDraft', draft, package: id, text: 8, requires: [], head: 'any' });
    await act({ do: 'commitDraft', draft, message: 'Ship it', changeType: 'MAJOR', version: null, key: null });
  }
}
