import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FastifyInstance } from 'fastify';

/** Files of registry packages that the page loads; nothing comes from another host. */
const ASSETS: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  'react.js': { file: packageFile('react', 'umd/react.production.min.js'), type: 'text/javascript' },
  'react-dom.js': { file: packageFile('react-dom', 'umd/react-dom.production.min.js'), type: 'text/javascript' },
  'graphql-ws.js': { file: packageFile('graphql-ws', 'umd/graphql-ws.min.js'), type: 'text/javascript' },
  'graphiql.js': { file: packageFile('graphiql', 'graphiql.min.js'), type: 'text/javascript' },
  'graphiql.css': { file: packageFile('graphiql', 'graphiql.min.css'), type: 'text/css' },
  'start.js': { file: join(__dirname, '..', '..', '..', 'assets', 'query-page.js'), type: 'text/javascript' },
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Slipway</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/query-page/graphiql.css">
  <style>html, body, #page { height: 100%; margin: 0 } #sign-in { padding: 6px 12px; font: 14px sans-serif; background: #eef }</style>
</head>
<body>
  <form id="sign-in"><label>Token <input id="token" type="password" size="50" autocomplete="off"></label> <button>Sign in</button></form>
  <div id="page" style="height: calc(100% - 40px)"></div>
  <script src="/query-page/react.js"></script>
  <script src="/query-page/react-dom.js"></script>
  <script src="/query-page/graphql-ws.js"></script>
  <script src="/query-page/graphiql.js"></script>
  <script src="/query-page/start.js"></script>
</body>
</html>
`;

/** GraphiQL with subscriptions, for development: works without internet. */
export function registerQueryPage(server: FastifyInstance): void {
  server.get('/graphql', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  for (const [name, { file, type }] of Object.entries(ASSETS)) {
    server.get(`/query-page/${name}`, async (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).send(await readFile(file)),
    );
  }
}

/** A file of an installed package, also where its `exports` hide it. */
function packageFile(name: string, file: string): string {
  let directory = dirname(require.resolve(name));
  while (!directory.endsWith(join('node_modules', name))) directory = dirname(directory);
  return join(directory, file);
}
