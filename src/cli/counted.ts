/** A number of things for people: `1 release`, `2 releases`. @param things the plural where it is not `thing` with an s. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${String(count)} ${count === 1 ? thing : things}`;
}
