/** Ends a run of the faults with its figures: a table to read, and `.faults/figures.json`. */
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const DIRECTORY = join(__dirname, '..', '..', '..', '.faults');
const LINES = join(DIRECTORY, 'lines');

module.exports = class Figures {
  onRunStart() {
    rmSync(LINES, { recursive: true, force: true });
    mkdirSync(LINES, { recursive: true });
    this.started = Date.now();
  }

  onRunComplete() {
    const figures = readdirSync(LINES)
      .flatMap((name) => readFileSync(join(LINES, name), 'utf8').split('\n').filter(Boolean))
      .map((line) => withBound(JSON.parse(line)))
      .sort((a, b) => a.fault.localeCompare(b.fault, 'en', { numeric: true }));
    const size = process.env.SLIPWAY_FAULTS === 'long' ? 'long' : 'default';
    const seconds = Math.round((Date.now() - this.started) / 1000);
    writeFileSync(join(DIRECTORY, 'figures.json'), `${JSON.stringify({ size, seconds, figures }, null, 2)}\n`);
    process.stdout.write(`\n${table(figures)}\n`);
  }
};

/** No failure in n trials: the true rate is below 3/n with 95 % confidence. */
function withBound(figure) {
  const found = figure.lost + figure.twice + figure.violations;
  return {
    ...figure,
    upperBound: found === 0 && figure.trials > 0 ? Number((3 / figure.trials).toPrecision(2)) : null,
  };
}

function table(figures) {
  const head = ['fault', 'trials', 'acked', 'lost', 'twice', 'viol.', '95% <', 'seed', 'what'];
  const rows = figures.map((figure) => [
    figure.fault,
    figure.trials,
    figure.acknowledged,
    figure.lost,
    figure.twice,
    figure.violations,
    figure.upperBound === null ? '-' : Math.min(figure.upperBound, 1),
    figure.seed ?? '',
    [figure.what, ...Object.entries(figure.more ?? {}).map(([name, value]) => `${name} ${value}`)].join('; '),
  ]);
  const widths = head.map((name, column) => Math.max(...[[...head], ...rows].map((row) => String(row[column]).length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
