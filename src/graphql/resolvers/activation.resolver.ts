import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { type ActivationRow, type PointerMap } from '../../projections';
import { Reads, Requires } from '../access';
import { type GraphqlContext } from '../context';
import { liveAfter } from '../live';
import { toActivation } from '../mappers/activation.mapper';
import { toConnection } from '../mappers/connection.mapper';
import { DateTimeScalar, JsonScalar, PositionScalar } from '../scalars';
import { Activation } from '../types/activation.type';
import { type ConnectionShape } from '../types/connection.type';
import { ActivationConnection } from '../types/connections';
import { activationById } from './nested';
import { type Optional } from './optional';
import { AFTER, first, pageOf } from './page-args';
import { RESUME, type Subscribing } from './subscribing';

@Resolver(() => Activation)
export class ActivationResolver {
  @Query(() => Activation, {
    nullable: true,
    description: 'One move of the pointer; null when there is none of this id.',
  })
  @Reads('audit:read')
  activation(
    @Arg('id', () => ID, { description: 'The move.' }) id: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Activation | null> {
    return activationById(loaders, id);
  }

  @Query(() => ActivationConnection, { description: 'Moves of the pointer, newest first.' })
  @Reads('audit:read')
  activations(
    @Arg('package', () => ID, { nullable: true, description: 'Only moves of this package.' }) id: Optional<string>,
    @Arg('actor', () => ID, { nullable: true, description: 'Only moves by this actor.' }) actor: Optional<string>,
    @Arg('from', () => DateTimeScalar, { nullable: true, description: 'Only from this moment on.' })
    from: Optional<string>,
    @Arg('to', () => DateTimeScalar, { nullable: true, description: 'Only up to this moment, itself included.' })
    to: Optional<string>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<Activation> {
    const filter = { package: id, actor, from, to };
    return toConnection(projections.readModel.activations(filter, pageOf(limit, 50, after)), toActivation);
  }

  @Subscription(() => Activation, {
    name: 'activations',
    description: 'Moves of the pointer as they happen. A set arrives whole, as one move.',
    subscribe: ({ args, context }: Subscribing<Parameters<Feeds['activations']>[0]>) =>
      liveAfter(context, args.after, (signal) => context.projections.feeds.activations(args, signal)),
  })
  @Requires('release:read')
  activationHappened(
    @Root() row: ActivationRow,
    @Arg('packages', () => [ID], { nullable: true, description: 'Only moves that change one of these packages.' })
    _packages: Optional<readonly string[]>,
    @Arg('after', () => PositionScalar, RESUME) _after: Optional<string>,
    @Arg('published', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Send each move only once its Git commit exists, still in order.',
    })
    _published: Optional<boolean>,
  ): Activation {
    return toActivation(row);
  }

  @FieldResolver(() => JsonScalar, { description: 'The whole map after this move, package id -> version.' })
  async pointer(@Root() move: Activation, @Ctx() { loaders }: GraphqlContext): Promise<PointerMap> {
    return move.pointerAfter ?? loaders.pointerAt.load(move.revision);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Id of the Git commit on `main` that carries this move; null until it is published.',
  })
  async commit(@Root() move: Activation, @Ctx() { loaders }: GraphqlContext): Promise<string | null> {
    if (move.pointerCommit !== undefined) return move.pointerCommit;
    return (await loaders.activation.load(move.id))?.commit ?? null;
  }
}

type Feeds = GraphqlContext['projections']['feeds'];
