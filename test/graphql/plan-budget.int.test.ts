import { type Api, openApi } from './support';

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const set = (name: string, size: number) =>
  `[${Array.from({ length: size }, (_, index) => `{ package: "${name}${String(index)}", version: "1.0.0" }`).join()}]`;
const plans = (sizes: readonly number[]) =>
  `{ ${sizes.map((size, index) => `p${String(index)}: activationPlan(releases: ${set('a', size)}) { ok }`).join(' ')} }`;

it('lets one operation plan the moves of 2,000 packages, and no more', async () => {
  expect((await api.run(plans([999, 999, 2]))).errors).toEqual([]);
  const { errors } = await api.run(plans([999, 999, 3]));
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'releases' } }]);
});

it('counts rollbacks and deactivations in', async () => {
  const rest = 'r: rollbackPlan(package: "a") { ok } t: rollbackActivationPlan(activation: "a") { ok }';
  const source = plans([999, 999]).replace('{', `{ d: deactivationPlan(packages: ["a"]) { ok } ${rest}`);
  const codes = (await api.run(source)).errors.map(({ extensions }) => extensions?.code);
  expect(codes).toContain('BAD_USER_INPUT');
});
