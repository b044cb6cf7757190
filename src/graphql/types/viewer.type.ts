import { Field, ObjectType } from 'type-graphql';
import { Actor } from './actor.type';

@ObjectType({
  simpleResolvers: true,
  description: 'You: who the token of this request belongs to, and what it may do.',
})
export class Viewer {
  @Field(() => Actor, { description: 'The actor that everything you do is recorded under.' })
  readonly actor!: Actor;

  @Field(() => [String], { description: 'Roles of the token, for example `admin` or `viewer`.' })
  readonly roles!: readonly string[];

  @Field(() => [String], {
    description: 'Everything the roles allow together, for example `release:read` or `release:activate`.',
  })
  readonly permissions!: readonly string[];
}
