import { isEventName } from '../../event/catalogue.js';
import type { VersionWatch } from '../../event/customer-status/versions.js';
import { loadInspector } from '../../event/inspect.js';
import { judgeBody, judgeText, type BodyVerdict } from '../../event/judge-body.js';
import { summarise, type EventSummary } from '../../event/summary.js';
import type { CompiledSchema } from '../../schema/compile.js';

/** What bodies are checked against: the schemas of events, or the text of the user's own. */
export type Rules =
  | {
      /** The type that each event must have; undefined: the type that it names. */
      type: string | undefined;
    }
  | { schema: string };

export interface Judge {
  judge: (body: Uint8Array, watch?: VersionWatch) => BodyVerdict;
  /** Finds out whether a body is good. It may report fewer problems than there are. */
  glance: (body: Uint8Array) => BodyVerdict;
  /** Runs glances at bodies of that many bytes. If they take too long, each has to be looked at by itself. */
  together: <Result>(bytes: number, glances: () => Result) => Result | 'too-slow';
  /** What may be shown of a body. */
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

/** Checks bodies against a schema of the user's. */
export async function schemaJudge(schema: CompiledSchema): Promise<Judge> {
  const { createSchemaInspector } = await import('../../schema/inspector.js');
  const { inspect, glance, together } = createSchemaInspector(schema);
  return {
    judge: body => judgeText(inspect(body)),
    glance: body => judgeText(glance(body)),
    together,
    // Of any other body, nobody knows what is personal.
    summarise: json => {
      const summary = summarise(json);
      return isEventName(summary.type) ? summary : undefined;
    },
  };
}
