import { Field, Int, ObjectType } from 'type-graphql';
import { FileChange } from './enums';

@ObjectType({ simpleResolvers: true, description: 'A file of a release or a draft.' })
export class Artifact {
  @Field(() => String, { description: 'Path relative to the release directory, for example `prompts/task.md`.' })
  readonly path!: string;

  @Field(() => String, { description: 'Git blob id: the same bytes have the same id.' })
  readonly blob!: string;

  @Field(() => Int, { description: 'Size in bytes.' })
  readonly size!: number;

  @Field(() => String, { nullable: true, description: 'The text; null when the file is not UTF-8 text.' })
  readonly content!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What happened to one file between two states of a package.' })
export class ArtifactDiff {
  @Field(() => String, { description: 'Path relative to the release directory.' })
  readonly path!: string;

  @Field(() => String, {
    description: 'What the file belongs to, for grouping: `manifest`, its first directory (`prompts`), or `files`.',
  })
  readonly group!: string;

  @Field(() => FileChange, { description: 'Added, modified or removed.' })
  readonly change!: FileChange;

  @Field(() => String, { nullable: true, description: 'Unified diff of the text; null when a side is not UTF-8 text.' })
  readonly unified!: string | null;

  @Field(() => Int, { description: 'Lines added.' })
  readonly added!: number;

  @Field(() => Int, { description: 'Lines removed.' })
  readonly removed!: number;
}
