import { grouped } from '../../text/words.js';
import type { PageLoad } from './page.js';

/** Two charts as SVG, each with its figures in words for readers who can't see it. */
export function LoadCharts({ load: { perSecond, latencies } }: { load: PageLoad }) {
  return (
    <section>
      <h2>How it went</h2>
      <Latencies rows={latencies} />
      <Rate perSecond={perSecond} />
    </section>
  );
}

const width = 720;
const rowHeight = 20;
const labelWidth = 130;

function Latencies({ rows }: { rows: PageLoad['latencies'] }) {
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(({ count }) => count));
  const scale = (width - labelWidth - 90) / Math.max(1, most);
  return (
    <figure>
      <figcaption>Response time, in milliseconds</figcaption>
      <svg viewBox={`0 0 ${width} ${rows.length * rowHeight}`} role="img" aria-label={latencyWords(rows)}>
        {rows.map(({ from, to, count }, index) => (
          <g transform={`translate(0 ${index * rowHeight})`}>
            <text x={labelWidth - 10} y="14" text-anchor="end">{`${shown(from)}–${shown(to)}`}</text>
            <rect class="bar" x={labelWidth} y="3" width={Math.max(count > 0 ? 1 : 0, count * scale)} height="14" />
            <text x={labelWidth + count * scale + 8} y="14">
              {grouped(count)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

const chartHeight = 140;

function Rate({ perSecond }: { perSecond: readonly number[] }) {
  if (perSecond.length < 2) return null;
  const most = Math.max(1, ...perSecond);
  const step = (width - labelWidth) / perSecond.length;
  const heightOf = (count: number) => (count / most) * (chartHeight - 20);
  return (
    <figure>
      <figcaption>Requests in each second</figcaption>
      <svg
        viewBox={`0 0 ${width} ${chartHeight + 20}`}
        role="img"
        aria-label={`${perSecond.length} seconds, with ${Math.min(...perSecond)} to ${most} requests in each`}
      >
        <text x={labelWidth - 10} y="24" text-anchor="end">
          {grouped(most)}
        </text>
        <line class="axis" x1={labelWidth} y1={chartHeight} x2={width} y2={chartHeight} />
        {perSecond.map((count, second) => (
          <rect
            class="bar"
            x={labelWidth + second * step}
            y={chartHeight - heightOf(count)}
            width={Math.max(0.5, step - (step > 4 ? 2 : 0))}
            height={heightOf(count)}
          />
        ))}
        <text x={labelWidth} y={chartHeight + 16}>
          0 s
        </text>
        <text x={width} y={chartHeight + 16} text-anchor="end">{`${perSecond.length} s`}</text>
      </svg>
    </figure>
  );
}

const latencyWords = (rows: PageLoad['latencies']): string =>
  rows.map(({ from, to, count }) => `${count} took ${shown(from)} to ${shown(to)} ms`).join(', ');

/** Nobody compares more than three digits. */
const shown = (milliseconds: number): string => Number(milliseconds.toPrecision(3)).toString();
