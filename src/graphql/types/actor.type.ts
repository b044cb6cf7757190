import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A person or a service that did something.' })
export class Actor {
  @Field(() => ID, {
    description:
      'Stable logical identity, for example `tom.moseley`. For history taken over from Git: the author’s e-mail.',
  })
  readonly id!: string;

  @Field(() => String, { description: 'Name for people, for example `Tom Moseley`.' })
  readonly name!: string;
}
