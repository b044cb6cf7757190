import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars';
import { DriftKind, DriftPlace, DriftRemedy, DriftTransition, FileChange } from './enums';

@ObjectType({ simpleResolvers: true, description: 'A commit that stands in a branch and that no event made.' })
export class DriftCommit {
  @Field(() => ID, { description: 'Git commit id.' })
  readonly id!: string;

  @Field(() => String, { description: 'Name of the author, as the commit claims it.' })
  readonly author!: string;

  @Field(() => String, { description: 'Address of the author, as the commit claims it.' })
  readonly email!: string;

  @Field(() => DateTimeScalar, { description: 'When it was written, as the commit claims it.' })
  readonly at!: string;

  @Field(() => String, { description: 'First line of its message.' })
  readonly subject!: string;

  @Field(() => [String], { description: 'Files it changed, compared with its first parent; at most 100.' })
  readonly changedPaths!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'A file that differs from what the log predicts.' })
export class DriftFile {
  @Field(() => String, { description: 'Path relative to the root of the repository.' })
  readonly path!: string;

  @Field(() => FileChange, { description: 'Added, modified or removed.' })
  readonly change!: FileChange;

  @Field(() => String, {
    nullable: true,
    description:
      'Unified diff from what the log predicts to what was found; null for what is no text or too large to be shown.',
  })
  readonly unified!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A branch or tag that is not what the event log predicts: somebody else moved it. Decisions go on; publishing to Git stands still until it is resolved, where `stopsPublishing` says so.',
})
export class Drift {
  @Field(() => DriftPlace, { description: 'Where it was found.' })
  readonly place!: DriftPlace;

  @Field(() => String, { description: 'Full name of the ref, for example `refs/heads/main`.' })
  readonly ref!: string;

  @Field(() => DriftKind, { description: 'What happened to it.' })
  readonly kind!: DriftKind;

  @Field(() => String, { description: 'The object id that the log predicts.' })
  readonly expected!: string;

  @Field(() => String, { nullable: true, description: 'The object id that was found; null when the ref is gone.' })
  readonly found!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was first seen by this server.' })
  readonly since!: string;

  @Field(() => Boolean, {
    description:
      'True for `main` and the tags of releases. False for the branch of a draft, which only its own draft needs.',
  })
  readonly stopsPublishing!: boolean;

  @Field(() => [DriftCommit], {
    description:
      'Who did what: the commits that no event made, newest first, at most 50. Empty where they cannot be read.',
  })
  readonly commits!: readonly DriftCommit[];

  @Field(() => Boolean, { description: 'True when there are more commits than are listed.' })
  readonly moreCommits!: boolean;

  @Field(() => [DriftFile], {
    description: 'What differs from what the log predicts, file by file, at most 200.',
  })
  readonly files!: readonly DriftFile[];

  @Field(() => Boolean, { description: 'True when there are more files than are listed.' })
  readonly moreFiles!: boolean;

  @Field(() => [DriftRemedy], { description: 'What `resolveDrift` can do about it; empty where only others can.' })
  readonly remedies!: readonly DriftRemedy[];

  @Field(() => String, { description: 'What to do, in words.' })
  readonly advice!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A drift began, changed or ended.' })
export class DriftChange {
  @Field(() => DriftTransition, { description: 'What became of it.' })
  readonly transition!: DriftTransition;

  @Field(() => Drift, { description: 'The drift; one that ended as it was last seen.' })
  readonly drift!: Drift;
}

@ObjectType({ simpleResolvers: true, description: 'A drift that was resolved.' })
export class ResolvedDrift {
  @Field(() => DriftPlace, { description: 'Where it was.' })
  readonly place!: DriftPlace;

  @Field(() => String, { description: 'Full name of the ref.' })
  readonly ref!: string;

  @Field(() => String, { description: 'The object id that the log predicted.' })
  readonly expected!: string;

  @Field(() => String, { nullable: true, description: 'The object id that was there; null when the ref was gone.' })
  readonly found!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Ref in the repository of this server that keeps what was found; null where nothing would have been lost.',
  })
  readonly kept!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Full name of the branch that the foreign work can be fetched from; null unless it was quarantined.',
  })
  readonly branch!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a remedy was applied to.' })
export class ResolveDriftPayload {
  @Field(() => [ResolvedDrift], { description: 'The drifts that are resolved now.' })
  readonly resolved!: readonly ResolvedDrift[];
}
