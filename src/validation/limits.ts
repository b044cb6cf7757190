/**
 * What content may be before anything parses it, and before anything compiles what was parsed. Bytes are of UTF-8.
 * Part of the ruleset: changing one changes {@link ValidationEngine.rulesetDigest}. Quadratic and recursive code behind
 * the parsers never sees more than this. Each is many times what real repositories hold (docs/validation.md).
 */
export const LIMITS = {
  files: 500,
  totalBytes: 16 * 1024 * 1024,
  fileBytes: 1024 * 1024,
  lines: 50_000,
  /** Of one line of a file that is not JSON, in UTF-16 code units. JSON is written by machines in one line. */
  lineLength: 64 * 1024,
  yamlBytes: 256 * 1024,
  jsonDepth: 64,
  jsonValues: 100_000,
  yamlDepth: 24,
  yamlKeys: 5_000,
  yamlTokens: 100_000,
  /** Of the JSON pointer of a value, in UTF-16 code units. */
  pointerLength: 8_000,
  /** Keys and values of JSON and tokens of YAML in all files of a release. */
  releaseValues: 150_000,
  /** Of an `$id`, an anchor or a reference as written, and of the URI it resolves to. */
  referenceLength: 2_000,
  /** Steps of the linear-time engine that a pattern comes to when its repeats are written out. */
  patternSteps: 5_000,
  /** The same of all patterns of a release. */
  releasePatternSteps: 50_000,
  /** Schemas to compile, references followed; {@link compileEffort} says how they are counted. For all schema files of a release. */
  compiledSchemas: 3_000,
  /** Schemas inside each other, references followed: the compiler recurses. */
  compiledDepth: 150,
} as const;
