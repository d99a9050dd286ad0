import { isEventName } from '../../event/catalogue.js';
import type { VersionWatch } from '../../event/customer-status/versions.js';
import { loadInspector } from '../../event/inspect.js';
import { judgeBody, judgeText, type BodyVerdict } from '../../event/judge-body.js';
import { summarise, type EventSummary } from '../../event/summary.js';
import type { CompiledSchema } from '../../schema/compile.js';

/** The schemas to check against: those of events, or the text of the user's own. */
export type Rules =
  | {
      /** The required type of each event; undefined for the type it names. */
      type: string | undefined;
    }
  | { schema: string };

export interface Judge {
  judge: (body: Uint8Array, watch?: VersionWatch) => BodyVerdict;
  /** Checks whether a body is valid. It may not report every problem. */
  glance: (body: Uint8Array) => BodyVerdict;
  /** Runs glances at bodies of this many bytes. If they take too long, each body is checked on its own. */
  together: <Result>(bytes: number, glances: () => Result) => Result | 'too-slow';
  /** Returns the parts of a body that may be shown. */
  summarise: (json: unknown) => EventSummary | undefined;
}

export async function loadJudge(rules: Rules): Promise<Judge> {
  if ('schema' in rules) {
    const { compileSchema } = await import('../../schema/compile.js');
    return schemaJudge(compileSchema(rules.schema));
  }
  const inspect = await loadInspector();
  const judge: Judge['judge'] = (body, watch) => judgeBody(inspect(body, rules.type), watch);
  return { judge, glance: judge, together: (_, glances) => glances(), summarise };
}

/** Checks bodies against the user's schema. */
export async function schemaJudge(schema: CompiledSchema): Promise<Judge> {
  const { createSchemaInspector } = await import('../../schema/inspector.js');
  const { inspect, glance, together } = createSchemaInspector(schema);
  return {
    judge: body => judgeText(inspect(body)),
    glance: body => judgeText(glance(body)),
    together,
    // In any other body, any value may be personal.
    summarise: json => {
      const summary = summarise(json);
      return isEventName(summary.type) ? summary : undefined;
    },
  };
}
