import {
  type ChangeClassification,
  type ManifestLayout,
  type PackageId,
  type ValidationReport,
  type Version,
} from '../domain';

/** A file of a release, path relative to the release directory. */
export interface ContentFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The pointer map a release is judged on, with what the cross-package rules may look at. At staging: today's map plus
 * the release under test; the report's `mapDigest` is the digest of exactly this value.
 */
export interface PlannedMap {
  readonly defaultKind: string;
  /** What is (or will be) active: package id -> version and required inputs. Holds the release under test. */
  readonly active: Readonly<Record<PackageId, { readonly version: Version; readonly requires: readonly PackageId[] }>>;
  /** Versions that are staged, released, superseded or adopted, per package, ascending; the release under test is not among them unless it is. */
  readonly releases: Readonly<Record<PackageId, readonly Version[]>>;
  /** Versions that are committed and not staged, per package, ascending; the release under test is among them unless it is staged. */
  readonly committed: Readonly<Record<PackageId, readonly Version[]>>;
}

export interface ValidationRequest {
  readonly package: PackageId;
  /** Kind of the package, for example `document_types`. */
  readonly kind: string;
  /** Null for a draft, which has no version yet: rules about the version are silent. */
  readonly version: Version | null;
  /** Git tree id of the release directory; part of the report's digest. */
  readonly tree: string;
  readonly files: readonly ContentFile[];
  /** Null for kinds without a manifest. */
  readonly manifest: ManifestLayout | null;
  readonly map: PlannedMap;
  /** Bytes of the repository's `slipway.yaml` in force; null where there is none. Part of {@link ValidationEngine.rulesetDigest}. */
  readonly policy: Uint8Array | null;
  /** ISO 8601, UTC, milliseconds. */
  readonly validatedAt: string;
}

/** Two contents of a package: what it builds on, and what it is now. */
export interface ChangeRequest {
  /** Kind of the package, for example `document_types`. */
  readonly kind: string;
  /** Null for kinds without a manifest. */
  readonly manifest: ManifestLayout | null;
  readonly before: readonly ContentFile[];
  readonly after: readonly ContentFile[];
}

/** A release whose content is asked which versions of other packages it runs with. */
export interface PinSource extends Pick<ValidationRequest, 'package' | 'kind' | 'version' | 'files' | 'manifest'> {
  readonly defaultKind: string;
}

/** A version of another package that a workflow or an operation runs with. */
export interface Pin {
  /** As it is written: `prompt:task:brief:1.4.0`. Always a complete reference. */
  readonly reference: string;
  /** The first of its places; `line` counts from 1. */
  readonly path: string;
  readonly line: number | null;
  /** How many places hold it. */
  readonly places: number;
}

/** What the rest of Slipway needs to know of a manifest. */
export interface ManifestFacts {
  readonly displayName: string | null;
  /** Package ids of `required_inputs`, sorted, without duplicates and without entries that are no package id. */
  readonly requires: readonly PackageId[];
  /** Why nothing is known; null for a manifest that could be read. `line` counts from 1, null when it is the file as a whole. */
  readonly unreadable: { readonly line: number | null; readonly why: string } | null;
}

/** A YAML document as a plain JSON value, or why there is none. */
export type YamlReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number | null; readonly message: string };

/** What is wrong with a `slipway.yaml`; empty when it can be in force. `line` counts from 1, null when it is the file as a whole. */
export type PolicyFaults = readonly { readonly line: number | null; readonly message: string }[];

/** A rule as `slipway rules` lists it. */
export interface RuleDescription {
  readonly id: string;
  readonly check: ValidationReport['checks'][number]['check'];
  readonly severity: 'ERROR' | 'WARNING' | 'INFO';
  readonly description: string;
}

/** A manifest whose version cannot be rewritten: not YAML, not a mapping, the version is missing or is no scalar. */
export class ManifestUnreadable extends Error {
  constructor(
    readonly file: string,
    readonly line: number | null,
    readonly why: string,
  ) {
    super(`${file}${line === null ? '' : `:${String(line)}`}: ${why}`);
    this.name = 'ManifestUnreadable';
  }
}

/**
 * The child process that reads content could not be started or was closed: nothing is known of the content. Not a
 * verdict; what a child does to itself while it reads content is one.
 */
export class ValidatorUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ValidatorUnavailable';
  }
}

/**
 * The checks. All parsing of package content happens behind this port, in a child process with limits on time and
 * memory: content is untrusted. A child that crashes, hangs or runs out of memory is a failed validation, never a pass.
 * Every method rejects with {@link ValidatorUnavailable} when no child process can be started.
 */
export interface ValidationEngine {
  /**
   * Hex SHA-256 of what determines a verdict besides content and map: the rules, the limits, and every byte of the
   * repository's `slipway.yaml` (null where there is none). Reads nothing of it and needs no child process.
   */
  rulesetDigest(policy: Uint8Array | null): string;
  readonly rules: readonly RuleDescription[];

  /** Never throws for content: whatever is wrong with it is a finding. */
  validate(request: ValidationRequest): Promise<ValidationReport>;

  /**
   * The change type that a change needs, from the content alone. Never throws for content: what cannot be read or
   * compared, in time and memory, needs a major one.
   */
  classifyChange(request: ChangeRequest): Promise<ChangeClassification>;

  /**
   * The versions of other packages that a workflow or an operation runs with, each once, in order; none of other kinds. Null
   * when it cannot be told: too large, too many, or its reader came to no end. Never throws for content. Depends on no
   * map, so that it can be kept; `pinNotActive` looks a pin up on one.
   */
  readPins(release: PinSource): Promise<readonly Pin[] | null>;

  /** Facts of a manifest; of one that cannot be read, that and why. */
  readManifest(manifest: Uint8Array, layout: ManifestLayout): Promise<ManifestFacts>;

  /** Facts of many manifests in one call, in order (adoption reads hundreds). */
  readManifests(
    manifests: readonly { readonly bytes: Uint8Array; readonly layout: ManifestLayout }[],
  ): Promise<readonly ManifestFacts[]>;

  /**
   * The manifest with its version replaced at the byte range the parser reports; every other byte is kept.
   * Where the layout names no version key the bytes come back as they are.
   * @throws ManifestUnreadable
   */
  rewriteVersion(manifest: Uint8Array, layout: ManifestLayout, version: Version): Promise<Uint8Array>;

  /** One YAML document from untrusted bytes, within the limits that package content has. Never throws for content. */
  readYaml(bytes: Uint8Array): Promise<YamlReading>;

  /** What is wrong with the bytes of a `slipway.yaml` as a policy; its layout is not looked at. Never throws for content. */
  faultsOfPolicy(policy: Uint8Array): Promise<PolicyFaults>;

  /** Stops the child processes. Calls under way and later ones are refused with {@link ValidatorUnavailable}. */
  close(): Promise<void>;
}
