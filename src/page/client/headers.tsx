import type { Header } from '../../http/header.js';
import { Foreign } from './foreign.js';

/** The server has redacted the values of credentials. */
export function Headers({ headers }: { headers: readonly Header[] }) {
  if (headers.length === 0) return <p class="faint">None.</p>;
  return (
    <dl class="headers">
      {headers.map(([name, value], index) => (
        <div key={index}>
          <dt>
            <Foreign text={name} />
          </dt>
          <dd>
            <Foreign text={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
