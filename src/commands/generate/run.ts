import { UsageError } from '../../errors.js';
import { counted } from '../../text/words.js';
import { framed } from '../../text/frame.js';
import type { Share } from '../../contract/values.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { courseOf, refuseUnknownWalk } from '../payload/course.js';
import type { CourseFlags, ShapeFlags } from '../payload/flags.js';
import { isBodyFormat, type OutputFormat } from '../payload/formats.js';
import { warnOfUnknownPaths } from '../payload/warn-paths.js';
import { eventsOf, type Plan } from './events.js';
import { openFolder } from './folder.js';
import { bodyForms, type Form } from './forms.js';
import { writeLoad } from './load.js';
import type { GenerateReport } from './reports.js';
import { itemsOf, type Item } from './items.js';
import { signedForm, type RequestFlags } from './requests.js';

export { view } from './reports.js';

export interface GenerateOptions extends CourseFlags, ShapeFlags, RequestFlags {
  walk?: boolean;
  count?: number;
  part?: Share;
  signed?: boolean;
  format?: OutputFormat;
  out?: string;
}

export async function run(options: GenerateOptions, ports: Ports<GenerateReport>): Promise<Verdict> {
  const plan = planOf(options, ports);
  const paths = options.set?.map(({ path }) => path) ?? [];
  await warnOfUnknownPaths({ flag: '--set', paths, events: [plan.recipe.event] }, ports);
  // A part has the format of the whole.
  const isSeveral = plan.isWalk || plan.count * plan.recipe.statuses.length > 1;
  const format = options.format ?? usualFormat(options, isSeveral);
  if (isSeveral && format === 'http' && options.out === undefined) throw oneRequestAtMost;
  const form = isBodyFormat(format) ? bodyForms[format] : await signedForm(format, { options, plan }, ports);
  const items = itemsOf(eventsOf(plan, ports), form);
  return written(items, { form, format, isSeveral, plan, out: options.out }, ports);
}

interface Writing {
  form: Form;
  format: OutputFormat;
  isSeveral: boolean;
  plan: Plan;
  out: string | undefined;
}

function written(
  items: AsyncIterable<Item>,
  { out, ...writing }: Writing,
  ports: Ports<GenerateReport>,
): Promise<Verdict> {
  if (out === undefined) return toOutput(items, writing, ports);
  const { form, format } = writing;
  return form.load
    ? writeLoad(items, { load: form.load, format, out }, ports)
    : toFolder(items, { ...writing, out }, ports);
}

function planOf(options: GenerateOptions, ports: Ports<GenerateReport>): Plan {
  const { count = 1, part: share, walk: isWalk = false, set, unset, invalid } = options;
  if (share && share.of > count)
    throw new UsageError(`--part ${share.part}/${share.of}: --count ${count} is too small for ${share.of} parts`, {
      hint: `make at most ${counted(count, 'part')}`,
    });
  const recipe = courseOf(options, ports);
  if (isWalk) refuseUnknownWalk(recipe.event);
  return { recipe, count, share, isWalk, set, unset, invalid };
}

function usualFormat({ signed, out }: GenerateOptions, isSeveral: boolean): OutputFormat {
  if (signed) return 'http';
  return isSeveral && out === undefined ? 'ndjson' : 'json';
}

const oneRequestAtMost = new UsageError('--format http holds one request, and there are several', {
  hint: 'pass --out <folder> for one file each, or another format: --format curl, har, vegeta, wrk or k6',
});

async function toOutput(
  items: AsyncIterable<Item>,
  { form, format, isSeveral }: { form: Form; format: OutputFormat; isSeveral: boolean },
  { reporting }: Ports<GenerateReport>,
): Promise<Verdict> {
  const frame = isSeveral ? form.several : form.single;
  for await (const { text: document, type, seq, event, bytes } of framed(items, frame)) {
    await reporting.report({ type, seq, event, bytes, format, document });
  }
  return 'positive';
}

async function toFolder(
  items: AsyncIterable<Item>,
  { form: { extension, single }, format, out, plan }: { form: Form; format: OutputFormat; out: string; plan: Plan },
  { environment: { cwd }, reporting }: Ports<GenerateReport>,
): Promise<Verdict> {
  const folder = await openFolder(out, {
    cwd,
    largest: plan.count * Math.max(plan.recipe.statuses.length, longestWalk),
  });
  for await (const { type, seq, event, bytes, status, text } of items) {
    const words = [plan.recipe.event, status];
    const file = await folder.write({ seq, words, extension, text: single.head + text + single.tail });
    await reporting.report({ type, seq, event, bytes, format, file });
  }
  return 'positive';
}

/** An upper bound for the events of a walk. */
const longestWalk = 10;
