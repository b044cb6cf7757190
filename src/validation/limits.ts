/**
 * What content may be before anything parses it. Bytes are of UTF-8. Part of the ruleset: changing one changes
 * {@link ValidationEngine.rulesetDigest}. Quadratic and recursive code behind the parsers never sees more than this.
 */
export const LIMITS = {
  files: 500,
  totalBytes: 16 * 1024 * 1024,
  fileBytes: 1024 * 1024,
  yamlBytes: 256 * 1024,
  jsonDepth: 64,
  jsonValues: 100_000,
  yamlDepth: 24,
  yamlKeys: 5_000,
  yamlTokens: 100_000,
} as const;
