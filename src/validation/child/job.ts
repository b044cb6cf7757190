import { type ChangeClassification, type ManifestLayout, type Version } from '../../domain';
import { type FindingSummary } from '../report/finding-summary';
import {
  type ChangeRequest,
  type ManifestFacts,
  type Pin,
  type PinSource,
  type PolicyFaults,
  type ValidationRequest,
  type YamlReading,
} from '../validation-engine';

export interface ManifestSource {
  readonly bytes: Uint8Array;
  readonly layout: ManifestLayout;
}

/** The manifest with another version in it, or why it cannot be rewritten. */
export type RewrittenManifest =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly line: number | null; readonly why: string };

/** What a child process does: the name of a job, what it gets and what it answers, in JSON values. */
export interface Jobs {
  validate: { readonly input: ValidationRequest; readonly answer: FindingSummary };
  classifyChange: { readonly input: ChangeRequest; readonly answer: ChangeClassification };
  readPins: { readonly input: PinSource; readonly answer: readonly Pin[] | null };
  readManifests: { readonly input: readonly ManifestSource[]; readonly answer: readonly ManifestFacts[] };
  rewriteVersion: {
    readonly input: ManifestSource & { readonly version: Version };
    readonly answer:
      { readonly ok: true; readonly base64: string } | Extract<RewrittenManifest, { readonly ok: false }>;
  };
  readYaml: { readonly input: Uint8Array; readonly answer: YamlReading };
  faultsOfPolicy: { readonly input: Uint8Array; readonly answer: PolicyFaults };
}

export type JobName = keyof Jobs;

/** From the parent to the child. The child ends the job by itself after `deadlineMs`, should the parent be gone. */
export interface JobMessage {
  /** Of this one giving of the job to a child: an answer that bears another id, or a guessed one, answers nothing. */
  readonly id: string;
  readonly job: JobName;
  readonly input: unknown;
  readonly deadlineMs: number;
}

/** From the child to the parent: once that it is ready, then one answer per job. */
export type ChildMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: string; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: string };
