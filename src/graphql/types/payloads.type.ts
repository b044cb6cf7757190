import { Field, ID, ObjectType } from 'type-graphql';
import { PositionScalar } from '../scalars';
import { Activation } from './activation.type';
import { Draft } from './draft.type';
import { Release } from './release.type';
import { ValidationReport } from './validation-report.type';

const POSITION =
  'Place of the event in the log. Send it as HTTP header `x-slipway-min-position` to read your own write on any node.';

@ObjectType({ simpleResolvers: true, description: 'A draft after it was started or saved.' })
export class DraftPayload {
  @Field(() => Draft, { description: 'The draft as it stands now.' })
  readonly draft!: Draft;
}

@ObjectType({ simpleResolvers: true, description: 'A draft is gone.' })
export class AbandonDraftPayload {
  @Field(() => ID, { description: 'The draft that was abandoned.' })
  readonly draftId!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A release was committed.' })
export class ReleasePayload {
  @Field(() => Release, { description: 'The release.' })
  readonly release!: Release;

  @Field(() => PositionScalar, { description: POSITION })
  readonly position!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A release was validated, and staged if nothing stood against it.' })
export class StagePayload {
  @Field(() => Boolean, { description: 'False when validation failed: the report says why, and nothing was staged.' })
  readonly staged!: boolean;

  @Field(() => Release, { description: 'The release as it stands now.' })
  readonly release!: Release;

  @Field(() => ValidationReport, { description: 'What the checks found; stored in either case.' })
  readonly report!: ValidationReport;

  @Field(() => PositionScalar, { description: POSITION })
  readonly position!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The active pointer was moved.' })
export class ActivationPayload {
  @Field(() => Activation, { description: 'The move.' })
  readonly activation!: Activation;

  @Field(() => PositionScalar, { description: POSITION })
  readonly position!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A release was given a Git tag.' })
export class TagPayload {
  @Field(() => String, { description: 'Name of the tag, for example `project_discovery/v1.5.0`.' })
  readonly tag!: string;

  @Field(() => Release, { description: 'The release it marks.' })
  readonly release!: Release;

  @Field(() => PositionScalar, { description: POSITION })
  readonly position!: string;
}
