const room = (name) => `^src/${name}/`;

/** What each room may import besides itself. The one place the architecture is written as code. */
const mayImport = {
  domain: [],
  eventstore: ['domain'],
  validation: ['domain'],
  git: ['domain', 'eventstore'],
  application: ['domain', 'eventstore', 'validation', 'git'],
  projections: ['domain', 'eventstore'],
  graphql: ['domain', 'application', 'projections'],
  server: ['domain', 'eventstore', 'validation', 'git', 'application', 'projections', 'graphql'],
  cli: ['domain', 'eventstore', 'validation', 'git', 'application', 'projections', 'graphql', 'server'],
};

/** A driver library is known to one room. */
const drivers = {
  'isomorphic-git': 'git',
  ajv: 'validation',
  yaml: 'validation',
  '@photostructure/sqlite': 'eventstore',
  '@eventstore/db-client': 'eventstore',
  diff: 'application',
  dataloader: 'graphql',
  '@apollo/server': '(graphql|server)',
  'type-graphql': 'graphql',
  fastify: 'server',
  'graphql-ws': '(server|cli)',
};

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Extract the shared piece or invert one direction.',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(mayImport).map(([name, allowed]) => ({
      name: `${name}-imports`,
      comment: `src/${name} may import ${['itself', ...allowed].join(', ')}.`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: '^src/', pathNot: [name, ...allowed].map(room) },
    })),
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'The domain does no I/O: no Node built-ins, no npm packages except semver.',
      from: { path: room('domain') },
      to: { pathNot: ['^src/', '(^|/)node_modules/(@types/)?semver/'] },
    },
    {
      name: 'adapters-behind-their-port',
      severity: 'error',
      comment: 'Only the composition root names a concrete adapter.',
      from: { path: '^src/(?!server/)([^/]+)/' },
      to: {
        path: '^src/(eventstore/(kurrentdb|sqlite)|git/(isomorphic|memory|program|working-tree))/',
        pathNot: '^src/$1/',
      },
    },
    ...Object.entries(drivers).map(([driver, name]) => ({
      name: `${driver.replace(/[^a-z-]/g, '-')}-stays-in-its-room`,
      severity: 'error',
      comment: 'A driver library is known to one room.',
      from: { path: '^src/', pathNot: room(name) },
      to: { path: `(^|/)node_modules/${driver}/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
