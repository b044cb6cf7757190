/** How TypeScript is compiled for tests; made anew for whoever asks, since `@swc/jest` changes what it is given. */
exports.swcOptions = () => ({
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
});
