import { arch, cpus, platform, totalmem } from 'node:os';
import type { Bound, Row } from './figure.js';

/** All figures as JSON, with a description of the machine. */
export const documentOf = (rows: readonly Row[], date: Date): string =>
  `${JSON.stringify({ date: date.toISOString(), machine: machine(), rows }, undefined, 2)}\n`;

/** The same as a Markdown table. */
export function tableOf(rows: readonly Row[], date: Date): string {
  const { cores, processor, memory, node, system } = machine();
  const lines = rows.map(row =>
    [row.what, row.against, figures(row), ratioOf(row), cpuOf(row), boundOf(row.reach), verdictOf(row)].join(' | '),
  );
  return [
    `Measured on ${date.toISOString().slice(0, 10)}, ${system}, Node ${node}, ${cores} cores (${processor}), ${memory} GiB.`,
    '',
    '| what | against | medians | ratio (least – greatest) | CPU | target | |',
    '|---|---|---|---|---|---|---|',
    ...lines.map(line => `| ${line} |`),
    '',
  ].join('\n');
}

const machine = () => ({
  ...{ cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown', memory: Math.round(totalmem() / 2 ** 30) },
  ...{ node: process.versions.node, system: `${platform()} ${arch()}` },
});

const figures = ({ ours, theirs, unit }: Row): string =>
  theirs === undefined ? `${ours} ${unit}` : `${shown(ours, unit)} : ${shown(theirs, unit)}`;

const shown = (value: number, unit: string): string =>
  unit === '/s' ? `${Math.round(value).toLocaleString('en')} /s` : `${value.toPrecision(3)} ${unit}`;

const ratioOf = ({ ratio, spread: [least, greatest] = [0, 0] }: Row): string =>
  ratio === undefined ? '' : `**${ratio.toFixed(2)}** (${least.toFixed(2)} – ${greatest.toFixed(2)})`;

const cpuOf = ({ cpu }: Row): string => (cpu === undefined ? '' : cpu.toFixed(2));

const boundOf = (reach: Bound | undefined): string =>
  reach === undefined ? '' : 'most' in reach ? `≤ ${reach.most}` : `≥ ${reach.least}`;

const verdictOf = ({ isReached }: Row): string => (isReached === undefined ? '' : isReached ? 'reached' : 'missed');
