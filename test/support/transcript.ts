/** A command line, and what a terminal shows after it. */
export interface Step {
  command: string;
  output: string;
  exitCode: number;
}

/**
 * The console blocks of a Markdown page: `$ command` and everything it prints. An exit code other than 0 follows as `exit N`, or
 * as the output of `$ echo $?`.
 */
export const stepsIn = (markdown: string): Step[] =>
  [...markdown.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .replaceAll(/^\$ echo \$\?\n(\d+)$/gm, 'exit $1')
      .split(/^\$ /m)
      .slice(1)
      .map(stepOf),
  );

function stepOf(text: string): Step {
  const [command = '', ...lines] = text.split('\n');
  const output = lines.join('\n');
  const [exit, code = '0'] = /(?<=^|\n)exit (\d+)\n$/.exec(output) ?? [''];
  return { command, output: output.slice(0, output.length - exit.length), exitCode: Number(code) };
}

/** Replaces what differs between runs: clock, durations, histograms, ports, the short ids of made-up customers. */
export const settled = (output: string): string =>
  output
    .replaceAll(/^(?: +[\d.]+ to [\d.]+ ms {2}.*\n)+/gm, '  HISTOGRAM\n')
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?= {2})/g, 'TIME')
    .replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'HH:MM:SS')
    .replaceAll(/\b\d+(?:\.\d+)? ms\b/g, 'N ms')
    .replaceAll(/\b\d+\.\d s, [\d,]+ a second\b/g, 'N s, N a second')
    .replaceAll(/(?<="milliseconds":)\d+/g, 'N')
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
    .replaceAll(/(?<= )[0-9a-f]{8}(?= )/g, 'ID');
