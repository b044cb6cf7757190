import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar, PositionScalar } from '../scalars';
import { Actor } from './actor.type';
import { AuditAction } from './enums';

@ObjectType({
  simpleResolvers: true,
  description: 'One row of the audit log: what one event did to one package.',
})
export class AuditEntry {
  @Field(() => ID, { description: 'Its id: the event, and the package where the event is about several.' })
  readonly id!: string;

  @Field(() => PositionScalar, { description: 'Place of its event in the log.' })
  readonly position!: string;

  @Field(() => AuditAction, { description: 'What was done.' })
  readonly action!: AuditAction;

  @Field(() => DateTimeScalar, {
    description: 'When it was done; of what was adopted with history the date of its commit.',
  })
  readonly at!: string;

  @Field(() => Actor, {
    description:
      'Who did it; of what was adopted with history the author that its commit names, whom nobody authenticated.',
  })
  readonly actor!: Actor;

  @Field(() => ID, { nullable: true, description: 'To which package; null when it is about the whole repository.' })
  readonly packageId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The version it is about; for a move of the pointer, the one active afterwards.',
  })
  readonly version!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was active before a move of the pointer; what a commit was based on.',
  })
  readonly previousVersion!: string | null;

  @Field(() => String, { nullable: true, description: 'Why: the reason of a move.' })
  readonly reason!: string | null;

  @Field(() => String, { nullable: true, description: 'What: the message of a commit, an adoption or a tag.' })
  readonly message!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The Git commit of it: of a staging its merge commit on `main`, of a move its pointer commit, both null until published; else the commit it is about.',
  })
  readonly commit!: string | null;

  readonly eventId!: string;
  readonly activationId!: string | null;
  readonly reportId!: string | null;
}
