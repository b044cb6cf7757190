import { Arg, Ctx, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { BadUserInput, type EventType, type RecordedEvent } from '../../domain';
import { Reads, Requires } from '../access';
import { type GraphqlContext } from '../context';
import { liveAfter } from '../live';
import { withEdges } from '../mappers/connection.mapper';
import { toDomainEvent } from '../mappers/domain-event.mapper';
import { PositionScalar } from '../scalars';
import { type ConnectionShape } from '../types/connection.type';
import { EventConnection } from '../types/connections';
import { DomainEvent } from '../types/domain-event.type';
import { eventById } from './nested';
import { type Optional } from './optional';
import { first, pageOf } from './page-args';
import { RESUME, type Subscribing } from './subscribing';

const TYPES = { nullable: true, description: 'Only events of these types, for example `Activated`.' };

interface FeedArgs {
  readonly types?: readonly string[] | null;
  readonly package?: string | null;
  readonly after?: string | null;
}

@Resolver()
export class DomainEventResolver {
  @Query(() => DomainEvent, { nullable: true, description: 'One event; null when there is none of this id.' })
  @Reads('audit:read')
  event(
    @Arg('id', () => ID, { description: 'The event.' }) id: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<DomainEvent | null> {
    return eventById(loaders, id);
  }

  @Query(() => EventConnection, {
    description: 'The event log, oldest first: everything that ever happened, for replay and for checking.',
  })
  @Reads('audit:read')
  async events(
    @Arg('after', () => PositionScalar, { nullable: true, description: 'Only behind this position.' })
    after: Optional<string>,
    @Arg('until', () => PositionScalar, { nullable: true, description: 'Only up to this position, itself included.' })
    until: Optional<string>,
    @Arg('types', () => [String], TYPES) types: Optional<readonly string[]>,
    @Arg('package', () => ID, { nullable: true, description: 'Only events about this package.' }) id: Optional<string>,
    @Arg('actor', () => ID, { nullable: true, description: 'Only events of this actor.' }) actor: Optional<string>,
    @Arg('first', () => Int, first(100)) limit: Optional<number>,
    @Ctx() { projections, loaders, seen }: GraphqlContext,
  ): Promise<ConnectionShape<DomainEvent>> {
    for (const position of [after, until]) await seen(position ?? null);
    const filter = { types: eventTypes(types), package: id, actor };
    const page = projections.readModel.events({ after, until }, filter, pageOf(limit, 100).first);
    const edges = page.edges.map(async ({ node, cursor }) => ({ node: await storedEvent(loaders, node.id), cursor }));
    return withEdges(page, await Promise.all(edges));
  }

  @Subscription(() => DomainEvent, {
    name: 'events',
    description: 'Events as they are recorded, in the order of the log.',
    subscribe: ({ args, context }: Subscribing<FeedArgs>) => {
      const options = { ...args, types: eventTypes(args.types) };
      return liveAfter(context, args.after, (signal) => context.projections.feeds.events(options, signal));
    },
  })
  @Requires('audit:read')
  eventRecorded(
    @Root() event: RecordedEvent,
    @Arg('types', () => [String], TYPES) _types: Optional<readonly string[]>,
    @Arg('package', () => ID, { nullable: true, description: 'Only events about this package.' })
    _package: Optional<string>,
    @Arg('after', () => PositionScalar, RESUME) _after: Optional<string>,
  ): DomainEvent {
    return toDomainEvent(event);
  }
}

async function storedEvent(loaders: GraphqlContext['loaders'], id: string): Promise<DomainEvent> {
  const event = await eventById(loaders, id);
  if (event === null) throw new Error(`The read model names event ${id}, which the log does not hold.`);
  return event;
}

/** Every type of event there is; a new one breaks the build here. */
const EVENT_TYPES: Readonly<Record<EventType, true>> = {
  Adopted: true,
  HistoryFindings: true,
  DriftResolved: true,
  ReleaseAdopted: true,
  PointerAdopted: true,
  Committed: true,
  ValidationFailed: true,
  Staged: true,
  Tagged: true,
  Activated: true,
  RolledBack: true,
  Deactivated: true,
};

/** @throws BadUserInput for a name that is not a type of event: a typing error would look like silence. */
function eventTypes(names: readonly string[] | null | undefined): readonly EventType[] | null {
  const unknown = names?.find((name) => !Object.hasOwn(EVENT_TYPES, name));
  if (unknown !== undefined) {
    throw new BadUserInput(
      'types',
      `${unknown} is not a type of event. There are ${Object.keys(EVENT_TYPES).join(', ')}.`,
    );
  }
  return (names ?? null) as readonly EventType[] | null; // every name was found in the table above
}
