import { createHash } from 'node:crypto';
import { readScheme, signingWith } from '../../config/scheme.js';
import type { SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import type { SettingFlags } from '../../config/settings.js';
import { UsageError } from '../../errors.js';
import { summariseBody } from '../../event/summary.js';
import type { Header } from '../../http/header.js';
import { createRequestMaker } from '../../sender/request.js';
import { counted } from '../../text/words.js';
import { framed } from '../../text/frame.js';
import type { Share } from '../../contract/values.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { courseOf, refuseUnknownWalk } from '../payload/course.js';
import type { CourseFlags, ShapeFlags } from '../payload/flags.js';
import { isBodyFormat, type OutputFormat, type RequestFormat } from '../payload/formats.js';
import { warnOfUnknownPaths } from '../payload/warn-paths.js';
import { refuseBadHeaders, signingSecret } from '../sending/signing.js';
import { eventsOf, type GeneratedEvent, type Plan } from './events.js';
import { openFolder } from './folder.js';
import { bodyForms, requestForm, type Form } from './forms.js';
import type { GeneratedReport } from './reports.js';

export { view } from './reports.js';

export interface GenerateOptions
  extends CourseFlags, ShapeFlags, SecretFlags, Pick<SettingFlags, 'url' | 'scheme' | 'algorithm'> {
  header?: readonly Header[];
  walk?: boolean;
  count?: number;
  part?: Share;
  signed?: boolean;
  format?: OutputFormat;
  out?: string;
}

export async function run(options: GenerateOptions, ports: Ports<GeneratedReport>): Promise<Verdict> {
  const plan = planOf(options, ports);
  const paths = options.set?.map(({ path }) => path) ?? [];
  await warnOfUnknownPaths({ flag: '--set', paths, events: [plan.recipe.event] }, ports);
  // Parts are in the form of the whole.
  const isSeveral = plan.isWalk || plan.count * plan.recipe.statuses.length > 1;
  const format = options.format ?? usualFormat(options, isSeveral);
  if (isSeveral && format === 'http' && options.out === undefined) throw oneRequestAtMost;
  const form = isBodyFormat(format) ? bodyForms[format] : await signedForm(format, { options, plan }, ports);
  const items = itemsOf(eventsOf(plan, ports), form);
  const { out } = options;
  return out === undefined
    ? toOutput(items, { form, format, isSeveral }, ports)
    : toFolder(items, { form, format, out, plan }, ports);
}

function planOf(options: GenerateOptions, ports: Ports<GeneratedReport>): Plan {
  const { count = 1, part: share, walk: isWalk = false, set, unset, invalid } = options;
  if (share && share.of > count)
    throw new UsageError(`--part ${share.part}/${share.of}: --count ${count} makes no ${share.of} parts`, {
      hint: `it has at most ${counted(count, 'part')}`,
    });
  const recipe = courseOf(options, ports);
  if (isWalk) refuseUnknownWalk(recipe.event);
  return { recipe, count, share, isWalk, set, unset, invalid };
}

function usualFormat({ signed, out }: GenerateOptions, isSeveral: boolean): OutputFormat {
  if (signed) return 'http';
  return isSeveral && out === undefined ? 'ndjson' : 'json';
}

/** Returns the form of requests to the receiver in the settings. Throws UsageError if there is no secret to sign them with. */
async function signedForm(
  format: RequestFormat,
  { options, plan }: { options: GenerateOptions; plan: Plan },
  ports: Ports<GeneratedReport>,
): Promise<Form> {
  const { scheme, configuration } = await readScheme(options, ports.environment);
  const settings = resolveSettings(['url', 'headers', 'algorithm'], options, configuration);
  refuseBadHeaders(settings.headers, { scheme, isSigned: true, hint: 'leave it out' });
  const secret = await signingSecret(options, settings.url, { ...ports, configuration });
  const { version } = ports.environment;
  const { url, headers, algorithm } = settings;
  const maker = createRequestMaker({
    url,
    headers,
    scheme,
    signing: signingWith(secret, algorithm, scheme),
    version,
    clock: ports.clock,
  });
  const idOf = options.seed === undefined ? () => undefined : idsOf(plan);
  return requestForm(format, { version, requestOf: event => maker.make(event.body, idOf(event)) });
}

/** Ids for headers, where a scheme has them there. They are the same from the same seed and time, as those in bodies are. */
const idsOf =
  ({ recipe: { seed, event, now } }: Plan) =>
  ({ seq }: Pick<GeneratedEvent, 'seq'>): string =>
    createHash('sha256').update(`${event} ${seed} ${now.toISOString()} ${seq}`).digest('hex').slice(0, 32);

const oneRequestAtMost = new UsageError('--format http holds one request, and there are several', {
  hint: 'pass --out <folder> for a file each, or another form: --format curl, har, vegeta, wrk or k6',
});

type Item = Pick<GeneratedReport, 'type' | 'seq' | 'event' | 'bytes'> &
  Pick<GeneratedEvent, 'status'> & { text: string };

async function* itemsOf(events: AsyncIterable<GeneratedEvent>, form: Form): AsyncGenerator<Item> {
  for await (const event of events) {
    const { seq, body, status } = event;
    yield { type: 'generated', seq, event: summariseBody(body), bytes: body.length, status, text: form.text(event) };
  }
}

async function toOutput(
  items: AsyncIterable<Item>,
  { form, format, isSeveral }: { form: Form; format: OutputFormat; isSeveral: boolean },
  { reporting }: Ports<GeneratedReport>,
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
  { environment: { cwd }, reporting }: Ports<GeneratedReport>,
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
