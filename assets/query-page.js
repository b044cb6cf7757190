/* global React, ReactDOM, GraphiQL, graphqlWs */
(() => {
  const field = document.getElementById('token');
  field.value = sessionStorage.getItem('slipway-token') ?? '';
  const authorization = () => ({ Authorization: `Bearer ${field.value}` });
  document.getElementById('sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    sessionStorage.setItem('slipway-token', field.value);
    location.reload();
  });
  const wsClient = graphqlWs.createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: authorization,
  });
  const fetcher = GraphiQL.createFetcher({ url: '/graphql', wsClient, headers: authorization() });
  const defaultQuery = '{\n  activeReleases {\n    pointer\n  }\n}\n';
  ReactDOM.createRoot(document.getElementById('page')).render(React.createElement(GraphiQL, { fetcher, defaultQuery }));
})();
