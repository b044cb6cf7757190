import { type ReleaseFile } from '../content/release-file';
import { type SchemaInspection } from '../schema/schema-inspection';
import { type PromptDemands } from './prompt-demands';

/** What the child process read in a prompt whose output a schema of the same release describes. */
export interface PromptInspection {
  readonly file: ReleaseFile;
  readonly demands: PromptDemands;
  /** The schema of the output. */
  readonly schema: SchemaInspection;
  /** Examples that the prompt calls complete and that the schema refuses, with what is wrong with them. */
  readonly refusedExamples: readonly { readonly offset: number; readonly errors: readonly string[] }[];
}
