import { valuesOf, type Header } from '../http/header.js';
import { algorithmsOf, headerNamesOf, type Algorithm, type SchemeDefinition } from './definition.js';
import type { SignedValues } from './message.js';
import type { SignatureForm } from './signature-header.js';
import { hasPart } from './template.js';

/** What a request claims about its own signature. None of it has been checked yet. */
export interface Claim extends SignedValues {
  /** Encoded digests, without their prefix. */
  signatures: readonly string[];
  /** Signatures from the scheme's ed25519 entries, if it has both kinds. */
  ed25519: readonly string[];
  /** The algorithm of `signatures`. */
  algorithm: Algorithm;
}

/** Why a request has no claim to check. */
export type ClaimReason =
  | 'signature-missing'
  | 'signature-ambiguous'
  | 'version-unsupported'
  | 'algorithm-unsupported'
  | 'timestamp-missing'
  | 'id-missing';

/** A claim for diagnosing a bad signature. */
export interface LooseClaim extends SignedValues {
  /** Without those for ed25519. If no signature is in the scheme's form, the header's value as is. */
  signatures: readonly string[];
  ed25519: readonly string[];
  isInForm: boolean;
  /** The algorithm that the request names, even an unknown one; undefined if it names none. */
  algorithm: string | undefined;
}

export interface ClaimReader {
  read: (headers: readonly Header[]) => Claim | ClaimReason;
  /** Also reads claims that `read` refuses. Undefined without a signature, or if a header is repeated. */
  readLoosely: (headers: readonly Header[]) => LooseClaim | undefined;
  /** The values from separate headers; empty if a header is missing or repeated. */
  readValues: (headers: readonly Header[]) => SignedValues;
}

export function createClaimReader(definition: SchemeDefinition, form: SignatureForm): ClaimReader {
  const names = headerNamesOf(definition);
  const readAlgorithm = createAlgorithmReader(names.algorithm, algorithmsOf(definition));
  const readValues = createValuesReader(definition);
  const looseValues = (headers: readonly Header[]): SignedValues => ({
    timestamp: names.timestamp === undefined ? '' : (soleValue(names.timestamp, headers) ?? ''),
    id: names.id === undefined ? '' : (soleValue(names.id, headers) ?? ''),
  });
  return {
    readValues: looseValues,
    read(headers) {
      const [value, algorithm] = [soleValue(names.signature, headers), readAlgorithm(headers)];
      if (value === undefined || algorithm === 'signature-ambiguous') return 'signature-ambiguous';
      if (value === '') return 'signature-missing';
      if (algorithm === 'algorithm-unsupported') return algorithm;
      const { signatures, ed25519, timestamp: listed, isForeign } = form.read(value);
      if (isForeign) return 'version-unsupported';
      const values = readValues(headers, listed);
      return typeof values === 'string'
        ? values
        : { signatures, ed25519, algorithm, timestamp: values.timestamp, id: values.id };
    },
    readLoosely(headers) {
      const value = soleValue(names.signature, headers);
      const algorithms = names.algorithm === undefined ? [] : valuesOf(names.algorithm, headers);
      if (value === undefined || value === '' || algorithms.length > 1) return undefined;
      if ([names.timestamp, names.id].some(name => name !== undefined && soleValue(name, headers) === undefined))
        return undefined;
      const { signatures, ed25519, timestamp } = form.read(value);
      const isInForm = signatures.length + ed25519.length > 0;
      return {
        signatures: isInForm ? signatures : [value],
        ed25519,
        isInForm,
        algorithm: algorithms[0],
        ...looseValues(headers),
        ...(names.timestamp === undefined && { timestamp }),
      };
    },
  };
}

type AlgorithmReader = (headers: readonly Header[]) => Algorithm | 'signature-ambiguous' | 'algorithm-unsupported';

function createAlgorithmReader(header: string | undefined, allowed: readonly Algorithm[]): AlgorithmReader {
  const [first = 'sha256'] = allowed;
  if (header === undefined) return () => first;
  return headers => {
    const names = valuesOf(header, headers);
    if (names.length > 1) return 'signature-ambiguous';
    if (names.length === 0) return first;
    return allowed.find(algorithm => algorithm === names[0]) ?? 'algorithm-unsupported';
  };
}

/** `listed` is the timestamp in the signature's list, if it has one. */
type ValuesReader = (headers: readonly Header[], listed: string) => SignedValues | ClaimReason;

const noValues: SignedValues = { timestamp: '', id: '' };

function createValuesReader(definition: SchemeDefinition): ValuesReader {
  const names = headerNamesOf(definition);
  const hasTimestamp = definition.timestamp !== undefined;
  const isIdSigned = hasPart(definition.signed ?? '', 'id');
  if (!hasTimestamp && names.id === undefined) return () => noValues;
  return (headers, listed) => {
    const timestamp = names.timestamp === undefined ? listed : soleValue(names.timestamp, headers);
    const id = names.id === undefined ? '' : soleValue(names.id, headers);
    if (timestamp === undefined || id === undefined) return 'signature-ambiguous';
    if (hasTimestamp && timestamp === '') return 'timestamp-missing';
    return isIdSigned && id === '' ? 'id-missing' : { timestamp, id };
  };
}

/** Returns the value of a header; empty if it is missing, undefined if it is repeated. */
function soleValue(name: string, headers: readonly Header[]): string | undefined {
  const values = valuesOf(name, headers);
  return values.length > 1 ? undefined : (values[0] ?? '');
}
