/** Why a request to the page was refused. */
export class PageProblem extends Error {
  readonly status: number;
  readonly hint: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    { hint, headers = {} }: { hint?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'PageProblem';
    this.status = status;
    this.hint = hint;
    this.headers = headers;
  }
}
