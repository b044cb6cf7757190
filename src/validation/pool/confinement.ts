/**
 * Arguments of Node that take from a child what no validation needs: writing files, starting processes and threads, native
 * code, and with the Node that knows how, the network. Reading stays: modules may lie behind any link. What content could
 * make of a hole in a parser is worth less then.
 */
export function confinement(): readonly string[] {
  const flag = ['--permission', '--experimental-permission'].find((name) =>
    process.allowedNodeEnvironmentFlags.has(name),
  );
  // The warning that the older name is an experiment is nobody's last words.
  return flag === undefined ? [] : [flag, '--allow-fs-read=*', '--disable-warning=ExperimentalWarning'];
}
