import { Field, ID, InputType } from 'type-graphql';
import { ChangeType } from '../types/enums';
import { EXPECTED_HEAD, IDEMPOTENCY_KEY } from './field-descriptions';

@InputType({ description: 'Which package to edit, and from which release.' })
export class StartDraftInput {
  @Field(() => ID, { description: 'The package.' })
  readonly package!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The release to start from. By default the active one, or the highest where none is active.',
  })
  readonly baseVersion?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Name of the draft, which becomes its id and its branch: lower-case letters, digits, `_`, `.` and `-`, at most 64. ' +
      'By default one is made from the name of the package.',
  })
  readonly name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Allow a package that does not exist yet. Its draft starts empty.',
  })
  readonly create?: boolean | null;
}

@InputType({ description: 'A new text for one file, or its deletion.' })
export class ArtifactChangeInput {
  @Field(() => String, { description: 'Path relative to the release directory, for example `prompts/task.md`.' })
  readonly path!: string;

  @Field(() => String, { nullable: true, description: 'The whole new text. Required unless `delete` is set.' })
  readonly content?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Delete the file.' })
  readonly delete?: boolean | null;
}

@InputType({ description: 'Changes to save in a draft, all or none.' })
export class SaveArtifactsInput {
  @Field(() => ID, { description: 'The draft.' })
  readonly draft!: string;

  @Field(() => String, { nullable: true, description: EXPECTED_HEAD })
  readonly expectedHead?: string | null;

  @Field(() => [ArtifactChangeInput], { description: 'The changes, one per file.' })
  readonly changes!: readonly ArtifactChangeInput[];
}

@InputType({ description: 'Which changes of a draft to take back.' })
export class DiscardChangesInput {
  @Field(() => ID, { description: 'The draft.' })
  readonly draft!: string;

  @Field(() => String, { nullable: true, description: EXPECTED_HEAD })
  readonly expectedHead?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these files; all when it is left out.' })
  readonly paths?: readonly string[] | null;
}

@InputType({ description: 'The draft to give up.' })
export class AbandonDraftInput {
  @Field(() => ID, { description: 'The draft.' })
  readonly draft!: string;
}

@InputType({ description: 'How to commit a draft as a release.' })
export class CommitDraftInput {
  @Field(() => ID, { description: 'The draft.' })
  readonly draft!: string;

  @Field(() => String, { nullable: true, description: EXPECTED_HEAD })
  readonly expectedHead?: string | null;

  @Field(() => String, { description: 'What changed and why: one line, at most 500 characters.' })
  readonly message!: string;

  @Field(() => ChangeType, {
    nullable: true,
    description: 'How much it changes. Required unless it is the first release of its package.',
  })
  readonly changeType?: ChangeType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The version to give it; by default the next free one for its change type. Pre-releases only this way.',
  })
  readonly version?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}
